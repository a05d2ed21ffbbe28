// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {DealState} from "../../../contracts/types/DealState.sol";
import {Terms} from "../../../contracts/types/Terms.sol";
import {vm} from "../../support/Vm.sol";
import {ReputationBase} from "./ReputationBase.sol";

/// @notice What the escrow tells its Reputation, and notes for it alone.
contract Escrow_recordReviews is ReputationBase {
    function test_TheTwoKnowEachOther() public view {
        vm.assertEq(address(escrow.REPUTATION()), address(reputation), "the escrow's reputation");
        vm.assertEq(address(reputation.ESCROW()), address(escrow), "the reputation's escrow");
        vm.assertEq(escrow.PERMIT2(), PERMIT2, "Permit2");
    }

    function test_RevertWhen_AnyoneElseCalls() public {
        Terms memory terms = _inState(ETH, DealState.Completed);
        address[3] memory callers = [buyer, seller, stranger];
        for (uint256 i = 0; i < callers.length; ++i) {
            _expectCaller(callers[i], address(reputation));
            vm.prank(callers[i]);
            escrow.recordReviews(terms, callers[i]);
        }
    }

    function test_WhenReputationCalls() public {
        Terms memory terms = _inState(ETH, DealState.Completed);
        vm.prank(address(reputation));
        (bytes32 id, address s, address b) = escrow.recordReviews(terms, seller);
        vm.assertEq(id, _idOf(terms), "id");
        vm.assertEq(s, seller, "seller");
        vm.assertEq(b, buyer, "buyer");
        _assertReviews(terms, 2);
        _assertState(terms, DealState.Completed);
        vm.assertTrue(escrow.dealOf(_idOf(terms)).feesDue, "the other flags stay");
    }

    function test_RevertWhen_AuthorIsNoParty() public {
        Terms memory terms = _inState(ETH, DealState.Completed);
        _expectCaller(stranger, address(0));
        vm.prank(address(reputation));
        escrow.recordReviews(terms, stranger);
    }
}

contract Escrow_endOf is ReputationBase {
    function test_WhenDealEnded() public {
        Terms memory terms = _delivered(ETH);
        vm.warp(START + 3 days);
        vm.prank(buyer);
        escrow.release(terms);
        vm.warp(START + 4 days);
        (bytes32 id, address s, address b, uint256 endedAt) = escrow.endOf(terms);
        vm.assertEq(id, _idOf(terms), "id");
        vm.assertEq(s, seller, "seller");
        vm.assertEq(b, buyer, "buyer");
        vm.assertEq(endedAt, START + 3 days, "when it ended");
    }

    function test_WhenFundingWasGivenUp() public {
        Terms memory terms = _partlyFunded(ETH);
        _late(terms);
        vm.prank(buyer);
        escrow.cancelFunding(terms);
        (,,, uint256 endedAt) = escrow.endOf(terms);
        vm.assertEq(endedAt, block.timestamp, "when it ended");
    }

    function test_RevertGiven_NotEnded() public {
        Terms memory terms = _disputed(ETH);
        _expectState(terms, DealState.Disputed, _endings());
        escrow.endOf(terms);
    }
}
