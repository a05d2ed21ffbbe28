// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IEscrow} from "../../contracts/interfaces/IEscrow.sol";
import {ReenteringParty} from "../../contracts/mocks/parties/Receivers.sol";
import {HookedToken} from "../../contracts/mocks/tokens/Refusals.sol";
import {DealState} from "../../contracts/types/DealState.sol";
import {Offer, Terms} from "../../contracts/types/Terms.sol";
import {Digests} from "../support/Digests.sol";
import {vm} from "../support/Vm.sol";
import {TokenBase} from "./TokenBase.sol";

/// @notice Buyer or seller is a contract that calls again in the middle of a payment, in ETH and by token hooks.
contract Token_Reenters is TokenBase {
    ReenteringParty private party;
    HookedToken private hooked;

    function setUp() public override {
        super.setUp();
        party = new ReenteringParty(seller);
        hooked = new HookedToken();
        hooked.mint(buyer, 10 * PRICE);
        vm.prank(buyer);
        hooked.approve(address(escrow), 10 * PRICE);
        party.act(address(hooked), abi.encodeCall(HookedToken.register, ()));
    }

    function test_WhenSellerEntersReleaseAgain() public harmsNobody {
        for (uint256 i = 0; i < 2; ++i) {
            Terms memory terms = _sellingIn(i == 0 ? ETH : address(hooked));
            _pays(terms, abi.encodeCall(IEscrow.claim, (terms)), abi.encodeCall(IEscrow.release, (terms)));
        }
    }

    function test_WhenSellerEntersRefundAgainDuringAPart() public harmsNobody {
        for (uint256 i = 0; i < 2; ++i) {
            Terms memory terms = _sellingIn(i == 0 ? ETH : address(hooked));
            party.arm(address(escrow), abi.encodeCall(IEscrow.refund, (terms)));
            vm.prank(buyer);
            escrow.releasePart(terms, uint128(terms.price / 2));
            _assertRefused();
            vm.assertEq(escrow.remainingOf(terms), terms.price / 2, "remaining");
        }
    }

    function test_WhenSellerWithdrawsDuringAPayment() public harmsNobody {
        Terms memory terms = _sellingIn(ETH);
        terms.salt = 9;
        _open(terms);
        _pays(
            terms,
            abi.encodeCall(IEscrow.withdraw, (ETH, address(party))),
            abi.encodeCall(IEscrow.release, (terms))
        );
    }

    function test_WhenBuyerOpensTheNextUnitFromTheHook() public harmsNobody {
        Terms memory terms = _terms(address(hooked));
        terms.arbiter = arbiter;
        Offer memory offer = _offerOf(terms);
        offer.quantity = 2;
        bytes memory signature = _signOffer(offer);
        hooked.mint(address(party), 2 * PRICE);
        party.act(address(hooked), abi.encodeCall(hooked.approve, (address(escrow), 2 * PRICE)));
        party.arm(address(escrow), abi.encodeCall(IEscrow.open, (offer, 1, signature)));
        party.act(address(escrow), abi.encodeCall(IEscrow.open, (offer, 0, signature)));
        _assertRefused();
        vm.assertEq(hooked.balanceOf(address(escrow)), PRICE, "one deposit");
        vm.assertEq(escrow.remainingOf(terms), PRICE, "one deal");
        terms.salt += 1;
        _assertState(terms, DealState.None);
    }

    function _sellingIn(address token) private returns (Terms memory terms) {
        terms = _terms(token);
        terms.seller = address(party);
        Offer memory offer = _offerOf(terms);
        bytes memory signature = _sign(SELLER_KEY, Digests.offer(address(escrow), offer));
        vm.prank(buyer);
        escrow.open{value: token == ETH ? terms.price : 0}(offer, 0, signature);
    }

    function _open(Terms memory terms) internal override returns (bytes32) {
        Offer memory offer = _offerOf(terms);
        bytes memory signature = _sign(SELLER_KEY, Digests.offer(address(escrow), offer));
        vm.prank(buyer);
        return escrow.open{value: terms.price}(offer, 0, signature);
    }

    function _pays(Terms memory terms, bytes memory again, bytes memory action) private {
        party.arm(address(escrow), again);
        uint256 had = _balance(terms.token, address(party));
        vm.prank(buyer);
        (bool done,) = address(escrow).call(action);
        vm.assertTrue(done, "paying works");
        uint256 fee = terms.price * OPERATOR_BPS / 10_000;
        uint256 credited = escrow.creditOf(terms.token, address(party));
        vm.assertEq(_balance(terms.token, address(party)) + credited - had, terms.price - fee, "paid once");
        _assertRefused();
        _assertState(terms, DealState.Completed);
    }

    function _assertRefused() private view {
        vm.assertTrue(party.tried(), "it tried");
        vm.assertTrue(!party.succeeded(), "in vain");
        vm.assertEq(
            party.answer(), abi.encodeWithSignature("ReentrancyGuardReentrantCall()"), "because of the guard"
        );
    }
}
