// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Rules} from "../../../contracts/types/Rules.sol";
import {Terms} from "../../../contracts/types/Terms.sol";
import {Base} from "../../support/Base.sol";
import {RulesBuilder} from "../../support/RulesBuilder.sol";
import {vm} from "../../support/Vm.sol";

/// @notice Whatever the price, the shares, the parts before and the ending: every unit is paid, once, to whom it is due.
contract Escrow_money is Base {
    using RulesBuilder for Rules;

    uint256 private constant BPS = 10_000;

    struct Draw {
        uint128 price;
        uint16 operatorBps;
        uint16 arbiterBps;
        uint16 silentBps;
        uint128 part;
        uint128 back;
        uint128 share;
        bool native;
    }

    /// @dev What left the deal in parts before its ending.
    struct Past {
        uint256 released;
        uint256 refunded;
    }

    function testFuzz_release(Draw memory draw) public {
        (Terms memory terms, Past memory past, Holdings memory start) = _drawn(draw);
        vm.prank(buyer);
        escrow.release(terms);
        _assertEnd(terms, start, past.refunded, terms.price - past.refunded, 0);
    }

    function testFuzz_refund(Draw memory draw) public {
        (Terms memory terms, Past memory past, Holdings memory start) = _drawn(draw);
        vm.prank(seller);
        escrow.refund(terms);
        _assertEnd(terms, start, terms.price - past.released, past.released, 0);
    }

    function testFuzz_settle(Draw memory draw) public {
        (Terms memory terms, Past memory past, Holdings memory start) = _drawn(draw);
        uint256 toBuyer = _bound(draw.share, 0, escrow.remainingOf(terms));
        _settle(terms, uint128(toBuyer));
        uint256 gross = terms.price - past.refunded - toBuyer;
        uint256 left = terms.price - past.released - past.refunded;
        uint256 last = gross - past.released;
        // The fee is reckoned on the last part as the deal's slot keeps it: in 40 bits, rounded down.
        uint256 kept = (last * ((1 << 40) - 1) / left) * left / ((1 << 40) - 1);
        vm.assertLe(last - kept, left / ((1 << 40) - 1) + 1, "rounding costs the operator next to nothing");
        uint256 fee = (past.released + kept) * terms.rules.operatorFeeBps() / BPS;
        _assertPaid(terms, start, past.refunded + toBuyer, gross, 0, fee);
    }

    function testFuzz_rule(Draw memory draw) public {
        (Terms memory terms, Past memory past, Holdings memory start) = _drawn(draw);
        _dispute(terms);
        uint256 remaining = escrow.remainingOf(terms);
        uint16 share = uint16(_bound(draw.share, 0, BPS));
        vm.prank(arbiter);
        escrow.rule(terms, share, REASON, "");
        uint256 toArbiter = remaining * terms.rules.arbiterFeeBps() / BPS;
        uint256 toBuyer = (remaining - toArbiter) * share / BPS;
        _assertEnd(
            terms, start, past.refunded + toBuyer, past.released + remaining - toArbiter - toBuyer, toArbiter
        );
    }

    function testFuzz_awardByDefault(Draw memory draw) public {
        (Terms memory terms, Past memory past, Holdings memory start) = _drawn(draw);
        _dispute(terms);
        _late(terms);
        uint256 remaining = escrow.remainingOf(terms);
        vm.prank(seller);
        escrow.awardByDefault(terms);
        uint256 toBuyer = remaining * terms.rules.silentAwardBps() / BPS;
        _assertEnd(terms, start, past.refunded + toBuyer, past.released + remaining - toBuyer, 0);
    }

    /// @dev An open deal with drawn terms, of which parts may have moved; and the holdings just after it was opened.
    function _drawn(Draw memory draw) private returns (Terms memory terms, Past memory past, Holdings memory start) {
        terms = _terms(draw.native ? ETH : address(usd));
        terms.price = _bound(draw.price, 3, type(uint128).max);
        terms.rules = terms.rules.withOperatorFee(uint16(_bound(draw.operatorBps, 0, BPS)));
        terms.rules = terms.rules.withArbiterFee(uint16(_bound(draw.arbiterBps, 0, BPS)));
        terms.rules = terms.rules.withSilentAward(uint16(_bound(draw.silentBps, 0, BPS)));
        if (draw.native) vm.deal(buyer, terms.price);
        else usd.mint(buyer, terms.price);
        _open(terms);
        start = _holdings(terms.token);
        past.released = _bound(draw.part, 0, terms.price - 2);
        past.refunded = _bound(draw.back, 0, terms.price - past.released - 1);
        if (past.released != 0) {
            vm.prank(buyer);
            escrow.releasePart(terms, uint128(past.released));
        }
        if (past.refunded != 0) {
            vm.prank(seller);
            escrow.refundPart(terms, uint128(past.refunded));
        }
    }

    function _dispute(Terms memory terms) private {
        vm.prank(buyer);
        escrow.dispute(terms, STATEMENT);
    }

    /// @dev Over the deal's whole life: the operator's fee is that on all the seller earned, however it was cut.
    function _assertEnd(Terms memory terms, Holdings memory start, uint256 toBuyer, uint256 gross, uint256 toArbiter)
        private
    {
        uint256 fee = gross * terms.rules.operatorFeeBps() / BPS;
        _assertPaid(terms, start, toBuyer, gross, toArbiter, fee);
    }

    function _assertPaid(
        Terms memory terms,
        Holdings memory start,
        uint256 toBuyer,
        uint256 gross,
        uint256 toArbiter,
        uint256 fee
    ) private {
        vm.assertEq(toBuyer + gross + toArbiter, terms.price, "the parts are the price");
        vm.assertEq(escrow.remainingOf(terms), 0, "remaining");
        vm.assertEq(_balance(terms.token, address(escrow)), fee + toArbiter, "fees, and nothing else, wait");
        _collect(terms);
        _assertGains(terms.token, start, toBuyer, gross - fee, toArbiter, fee);
        vm.assertEq(_balance(terms.token, address(escrow)), 0, "nothing stays behind");
    }
}
