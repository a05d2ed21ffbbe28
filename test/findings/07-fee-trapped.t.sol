// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {FeeTrap} from "../../contracts/mocks/faulty/Payouts.sol";
import {DealState} from "../../contracts/types/DealState.sol";
import {Terms} from "../../contracts/types/Terms.sol";
import {vm} from "../support/Vm.sol";
import {FindingBase} from "./FindingBase.sol";

/// @notice Finding 7: one ending forgets the fee, or rounding leaves dust, and it lies in the contract for ever.
contract Finding07_FeeTrapped is FindingBase {
    /// @dev Such that every share is rounded.
    uint256 private constant ODD = 100e6 + 332;

    function _terms(address token) internal view override returns (Terms memory terms) {
        terms = super._terms(token);
        terms.price = ODD;
    }

    function test_NothingIsLeftAfterRelease() public {
        _nothingLeft(_inState(address(usd), DealState.Completed), ODD * 250 / 10_000);
    }

    function test_NothingIsLeftAfterRefund() public {
        _nothingLeft(_inState(address(usd), DealState.Refunded), 0);
    }

    function test_NothingIsLeftAfterARefundThatFollowsAPart() public {
        Terms memory terms = _funded(address(usd));
        vm.prank(buyer);
        escrow.releasePart(terms, 1_000_777);
        vm.prank(seller);
        escrow.refund(terms);
        _nothingLeft(terms, uint256(1_000_777) * 250 / 10_000);
    }

    function test_NothingIsLeftAfterClaim() public {
        Terms memory terms = _delivered(address(usd));
        _late(terms);
        escrow.claim(terms);
        _nothingLeft(terms, ODD * 250 / 10_000);
    }

    function test_NothingIsLeftAfterReclaim() public {
        Terms memory terms = _funded(address(usd));
        _late(terms);
        vm.prank(buyer);
        escrow.reclaim(terms);
        _nothingLeft(terms, 0);
    }

    function test_NothingIsLeftAfterRuling() public {
        Terms memory terms = _inState(address(usd), DealState.Resolved);
        uint256 rest = ODD - ODD * 500 / 10_000;
        _nothingLeft(terms, (rest - rest / 2) * 250 / 10_000);
        vm.assertEq(usd.balanceOf(arbiter), ODD * 500 / 10_000, "arbiter's fee");
    }

    function test_NothingIsLeftAfterDefault() public {
        Terms memory terms = _disputed(address(usd));
        _late(terms);
        vm.prank(buyer);
        escrow.awardByDefault(terms);
        _nothingLeft(terms, (ODD - ODD / 2) * 250 / 10_000);
        vm.assertEq(usd.balanceOf(arbiter), 0, "a silent arbiter earns nothing");
    }

    function testFuzz_NothingIsLeftAfterSettling(uint256 toBuyer) public {
        Terms memory terms = _funded(address(usd));
        _settle(terms, uint128(_bound(toBuyer, 0, ODD)));
        _collect(terms);
        vm.assertEq(_leftBehind(address(escrow)), 0, "left behind");
    }

    function test_NothingIsLeftAfterFundingWasCancelled() public {
        Terms memory terms = _partlyFunded(address(usd));
        _late(terms);
        vm.prank(seller);
        escrow.cancelFunding(terms);
        _nothingLeft(terms, 0);
    }

    function test_FaultyEscrowKeepsTheFee() public {
        FeeTrap faulty = new FeeTrap();
        usd.mint(address(faulty), 2 * PRICE);
        faulty.release(address(usd), PRICE, seller, operator);
        vm.assertEq(_leftBehind(address(faulty)), PRICE, "the first ending paid all");
        faulty.claim(address(usd), PRICE, seller);
        vm.assertEq(_leftBehind(address(faulty)), PRICE / 40, "the second left the fee");
    }

    function _nothingLeft(Terms memory terms, uint256 fee) private {
        _collect(terms);
        vm.assertEq(_leftBehind(address(escrow)), 0, "left behind");
        vm.assertEq(usd.balanceOf(operator), fee, "operator's fee");
    }

    function _leftBehind(address target) private view returns (uint256) {
        return usd.balanceOf(target);
    }
}
