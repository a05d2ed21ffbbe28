// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IEscrow} from "../../../contracts/interfaces/IEscrow.sol";
import {RefusingParty} from "../../../contracts/mocks/parties/Receivers.sol";
import {BlocklistToken} from "../../../contracts/mocks/tokens/Refusals.sol";
import {DealState} from "../../../contracts/types/DealState.sol";
import {Offer, Terms} from "../../../contracts/types/Terms.sol";
import {vm} from "../../support/Vm.sol";
import {FindingBase} from "../FindingBase.sol";

/// @notice Pain 2: a buyer that refuses coins, or that a token has blocked, makes the seller's payout fail.
contract Pain2_NobodyBlocksAPayout is FindingBase {
    function test_SellerIsPaidBesideABuyerThatRefusesCoins() public {
        RefusingParty party = new RefusingParty(buyer);
        Terms memory terms = _terms(ETH);
        Offer memory offer = _offerOf(terms);
        party.act{value: ETH_PRICE}(address(escrow), abi.encodeCall(IEscrow.open, (offer, 0, _signOffer(offer))));
        vm.prank(seller);
        escrow.dispute(terms, STATEMENT);
        vm.prank(arbiter);
        escrow.rule(terms, 5_000, REASON, "");
        _assertState(terms, DealState.Resolved);
        uint256 half = ETH_PRICE * 19 / 40;
        vm.assertEq(seller.balance, half - half / 40, "paid at once");
        vm.assertEq(escrow.creditOf(ETH, address(party)), half, "the other half is owed");
    }

    function test_SellerClaimsBesideABlockedBuyer() public {
        BlocklistToken token = new BlocklistToken();
        Terms memory terms = _inToken(address(token));
        vm.prank(seller);
        escrow.ship(terms, TRACKING);
        token.setBlocked(buyer, true);
        _late(terms);
        vm.prank(seller);
        escrow.deliver(terms);
        _late(terms);
        escrow.claim(terms);
        vm.assertEq(token.balanceOf(seller), PRICE * 39 / 40, "paid");
    }

    function test_BuyerIsRefundedBesideABlockedOperatorAndArbiter() public {
        BlocklistToken token = new BlocklistToken();
        Terms memory terms = _inToken(address(token));
        token.setBlocked(operator, true);
        token.setBlocked(arbiter, true);
        vm.prank(buyer);
        escrow.dispute(terms, STATEMENT);
        vm.prank(arbiter);
        escrow.rule(terms, 10_000, REASON, "");
        vm.assertEq(token.balanceOf(buyer), PRICE * 19 / 20, "refunded");
    }
}
