// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Action} from "../../../contracts/types/Act.sol";
import {DealState} from "../../../contracts/types/DealState.sol";
import {Authorization} from "../../../contracts/types/Payment.sol";
import {Offer, Terms} from "../../../contracts/types/Terms.sol";
import {vm} from "../../support/Vm.sol";
import {FindingBase} from "../FindingBase.sol";

/// @notice Pain 8: sellers pay for listing, accepting and finishing, and nobody can start without coins. Here a deal goes from
/// offer to fee with neither side sending a transaction.
contract Pain8_NobodyNeedsGas is FindingBase {
    function setUp() public override {
        super.setUp();
        vm.deal(buyer, 0);
    }

    function test_ASaleWithoutATransactionByEitherSide() public {
        Terms memory terms = _openedByRelayer();
        _submitShip(terms);
        _submit(terms, _actOf(buyer, Action.Deliver));
        _submit(terms, _actOf(buyer, Action.Release));
        _assertState(terms, DealState.Completed);
        vm.assertEq(usd.balanceOf(seller), PRICE * 39 / 40, "the seller is paid");
        _nobodyHasCoins();
    }

    /// @dev Even against a buyer who says nothing: the seller signs, and anyone claims.
    function test_ASaleToASilentBuyer() public {
        Terms memory terms = _openedByRelayer();
        _submitShip(terms);
        _late(terms);
        _submit(terms, _actOf(seller, Action.Deliver));
        _late(terms);
        vm.prank(RELAYER);
        escrow.claim(terms);
        vm.assertEq(usd.balanceOf(seller), PRICE * 39 / 40, "the seller is paid");
        _nobodyHasCoins();
    }

    function _submitShip(Terms memory terms) private {
        _submit(terms, _actOf(seller, Action.Ship));
        _assertState(terms, DealState.Shipped);
    }

    /// @dev The seller signed an offer, the buyer a payment whose nonce is the deal; the relayer brings both.
    function _openedByRelayer() private returns (Terms memory terms) {
        terms = _terms(address(usd));
        Offer memory offer = _offerOf(terms);
        bytes memory signature = _signOffer(offer);
        Authorization memory payment = Authorization(buyer, 0, 0, block.timestamp + 1 hours, "");
        bytes32 structHash = keccak256(
            abi.encode(
                usd.RECEIVE_WITH_AUTHORIZATION_TYPEHASH(),
                buyer,
                address(escrow),
                PRICE,
                payment.validAfter,
                payment.validBefore,
                _idOf(terms)
            )
        );
        payment.signature = _sign(BUYER_KEY, keccak256(abi.encodePacked(hex"1901", usd.DOMAIN_SEPARATOR(), structHash)));
        vm.prank(RELAYER);
        escrow.openWithAuthorization(offer, 0, signature, payment);
        _assertState(terms, DealState.Funded);
    }

    function _nobodyHasCoins() private view {
        vm.assertEq(buyer.balance + seller.balance, 0, "nobody has or had any coins");
        vm.assertEq(usd.allowance(buyer, address(escrow)), 0, "nor gave an allowance");
    }
}
