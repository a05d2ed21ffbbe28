// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IEscrow} from "../../../contracts/interfaces/IEscrow.sol";
import {DealState} from "../../../contracts/types/DealState.sol";
import {Terms} from "../../../contracts/types/Terms.sol";
import {Digests} from "../../support/Digests.sol";
import {vm} from "../../support/Vm.sol";
import {FindingBase} from "../FindingBase.sol";

/// @notice Pain 6: an arbiter pays the same money out twice, and the next buyer's refund fails. Here a ruling is of what is
/// left, and there is one.
contract Pain6_ArbiterPaysOnce is FindingBase {
    function test_ASecondRulingIsRefusedHoweverItComes() public {
        Terms memory terms = _disputed(address(usd));
        Terms memory others = _terms(address(usd));
        others.salt = 2;
        _open(others);
        bytes memory signed = _sign(ARBITER_KEY, Digests.ruling(address(escrow), _idOf(terms), 0, REASON));
        vm.prank(arbiter);
        escrow.rule(terms, 10_000, REASON, "");
        bytes[3] memory again = [
            abi.encodeCall(IEscrow.rule, (terms, 0, REASON, "")),
            abi.encodeCall(IEscrow.rule, (terms, 0, REASON, signed)),
            abi.encodeCall(IEscrow.awardByDefault, (terms))
        ];
        for (uint256 i = 0; i < 3; ++i) vm.assertTrue(!_try(arbiter, address(escrow), again[i]), "refused");
        bytes memory dispute = abi.encodeCall(IEscrow.disputeAndRule, (terms, STATEMENT, 0, REASON, signed));
        vm.assertTrue(!_try(seller, address(escrow), dispute), "and so is a new dispute");
        _collect(terms);
        _collect(terms);
        vm.assertEq(usd.balanceOf(arbiter), PRICE / 20, "one fee");
        vm.prank(seller);
        escrow.refund(others);
        _assertState(others, DealState.Refunded);
        vm.assertEq(usd.balanceOf(address(escrow)), 0, "and the next refund was paid in full");
    }

    function test_ARulingIsOfWhatPartsLeft() public {
        Terms memory terms = _funded(address(usd));
        vm.prank(buyer);
        escrow.releasePart(terms, uint128(PRICE / 4));
        vm.prank(seller);
        escrow.refundPart(terms, uint128(PRICE / 4));
        vm.prank(buyer);
        escrow.dispute(terms, STATEMENT);
        Holdings memory before = _holdings(address(usd));
        vm.prank(arbiter);
        escrow.rule(terms, 10_000, REASON, "");
        _collect(terms);
        uint256 left = PRICE / 2;
        _assertGains(address(usd), before, left * 19 / 20, 0, left / 20, PRICE / 160);
        vm.assertEq(usd.balanceOf(address(escrow)), 0, "to the last unit");
    }
}
