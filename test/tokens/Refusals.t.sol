// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IEscrowErrors} from "../../contracts/interfaces/IEscrowErrors.sol";
import {IEscrowEvents} from "../../contracts/interfaces/IEscrowEvents.sol";
import {BlocklistToken, PausableToken} from "../../contracts/mocks/tokens/Refusals.sol";
import {DealState} from "../../contracts/types/DealState.sol";
import {Terms} from "../../contracts/types/Terms.sol";
import {vm} from "../support/Vm.sol";
import {TokenBase} from "./TokenBase.sol";

contract Token_Blocklist is TokenBase {
    BlocklistToken private token;

    function setUp() public override {
        super.setUp();
        token = new BlocklistToken();
    }

    function test_WhenSellerIsBlocked_RulingStillPaysTheOthers() public harmsNobody {
        _rulesWith(seller, 64_837_500);
    }

    function test_WhenBuyerIsBlocked_RulingStillPaysTheOthers() public harmsNobody {
        _rulesWith(buyer, 28.5e6);
    }

    function test_WhenArbiterIsBlocked_RulingStillPaysTheOthers() public harmsNobody {
        _rulesWith(arbiter, 5e6);
    }

    function test_WhenOperatorIsBlocked_ItsFeeIsOwed() public harmsNobody {
        Terms memory terms = _begin(token);
        token.setBlocked(operator, true);
        vm.prank(buyer);
        escrow.release(terms);
        vm.assertEq(token.balanceOf(seller), NET, "seller is paid");
        _collect(terms);
        vm.assertEq(escrow.creditOf(address(token), operator), FEE, "fee is owed");
        vm.prank(operator);
        escrow.withdraw(address(token), stranger);
        vm.assertEq(token.balanceOf(stranger), FEE, "taken out to another address");
    }

    function test_RevertWhen_EscrowIsBlockedBeforeOpening() public harmsNobody {
        token.setBlocked(address(escrow), true);
        _beginRefused(token, abi.encodeWithSelector(BlocklistToken.Blocked.selector, address(escrow)));
    }

    function test_WhenEscrowIsBlocked_EverythingIsOwed() public harmsNobody {
        Terms memory terms = _begin(token);
        token.setBlocked(address(escrow), true);
        vm.prank(buyer);
        escrow.release(terms);
        _collect(terms);
        vm.assertEq(escrow.creditOf(address(token), seller), NET, "seller is owed");
        vm.assertEq(escrow.creditOf(address(token), operator), FEE, "operator is owed");
        vm.expectRevert(
            abi.encodeWithSelector(IEscrowErrors.WithdrawFailed.selector, address(token), seller, NET)
        );
        vm.prank(seller);
        escrow.withdraw(address(token), seller);
        token.setBlocked(address(escrow), false);
        _withdraws(address(token), seller, NET);
        _withdraws(address(token), operator, FEE);
    }

    function _rulesWith(address victim, uint256 owed) private {
        Terms memory terms = _begin(token);
        _dispute(terms);
        token.setBlocked(victim, true);
        Holdings memory before = _holdings(address(token));
        vm.prank(arbiter);
        escrow.rule(terms, 3_000, REASON, "");
        vm.expectEmit(address(escrow));
        emit IEscrowEvents.FeesCollected(_idOf(terms), 1_662_500, 5e6);
        _collect(terms);
        _assertGains(
            address(token),
            before,
            victim == buyer ? 0 : 28.5e6,
            victim == seller ? 0 : 64_837_500,
            victim == arbiter ? 0 : 5e6,
            1_662_500
        );
        vm.assertEq(escrow.creditOf(address(token), victim), owed, "credit");
        _assertState(terms, DealState.Resolved);
        vm.prank(victim);
        escrow.withdraw(address(token), stranger);
        vm.assertEq(token.balanceOf(stranger), owed, "taken out to another address");
    }

    function test_WhenPartIsCreditedTheRestGoesOn() public harmsNobody {
        Terms memory terms = _begin(token);
        token.setBlocked(seller, true);
        vm.prank(buyer);
        escrow.releasePart(terms, 40e6);
        vm.assertEq(escrow.creditOf(address(token), seller), 39e6, "credit of the part");
        token.setBlocked(seller, false);
        Holdings memory before = _holdings(address(token));
        vm.prank(buyer);
        escrow.release(terms);
        _collect(terms);
        _assertGains(address(token), before, 0, 58.5e6, 0, 2.5e6);
        _withdraws(address(token), seller, 39e6);
        vm.assertEq(token.balanceOf(address(escrow)), 0, "escrow holds");
    }
}

contract Token_Pausable is TokenBase {
    function test_WhenPaused_EveryEndingStillWorks() public harmsNobody {
        PausableToken token = new PausableToken();
        Terms memory terms = _begin(token);
        token.pause(true);
        _late(terms);
        vm.prank(buyer);
        escrow.reclaim(terms);
        _assertState(terms, DealState.Refunded);
        vm.expectRevert(
            abi.encodeWithSelector(IEscrowErrors.WithdrawFailed.selector, address(token), buyer, PRICE)
        );
        vm.prank(buyer);
        escrow.withdraw(address(token), buyer);
        token.pause(false);
        _withdraws(address(token), buyer, PRICE);
    }

    function test_RevertWhen_PausedBeforeOpening() public harmsNobody {
        PausableToken token = new PausableToken();
        token.pause(true);
        _beginRefused(token, abi.encodeWithSelector(PausableToken.Paused.selector));
    }

    function test_WhenTheTokenVanishes() public harmsNobody {
        PausableToken token = new PausableToken();
        Terms memory terms = _begin(token);
        bytes memory code = address(token).code;
        vm.etch(address(token), "");
        vm.prank(seller);
        escrow.refund(terms);
        vm.assertEq(escrow.creditOf(address(token), buyer), PRICE, "owed, not lost");
        vm.etch(address(token), code);
        _withdraws(address(token), buyer, PRICE);
    }
}
