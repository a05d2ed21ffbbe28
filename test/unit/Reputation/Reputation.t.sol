// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IReputation} from "../../../contracts/interfaces/IReputation.sol";
import {DealState} from "../../../contracts/types/DealState.sol";
import {Terms} from "../../../contracts/types/Terms.sol";
import {Base} from "../../support/Base.sol";
import {vm} from "../../support/Vm.sol";

abstract contract ReputationBase is Base {
    bytes32 internal constant TEXT = keccak256("As described.");
    bytes32 internal constant SECRET = keccak256("secret");
    uint256 internal constant WINDOW = 7 days;

    function _sealed(Terms memory terms, address author, uint8 score) internal view returns (bytes32) {
        return keccak256(abi.encode(_idOf(terms), author, score, TEXT, SECRET));
    }

    function _commit(Terms memory terms, address author, uint8 score) internal {
        bytes32 commitment = _sealed(terms, author, score);
        vm.prank(author);
        reputation.commit(terms, commitment);
    }

    function _reveal(Terms memory terms, address author, uint8 score) internal {
        vm.prank(stranger);
        reputation.reveal(_idOf(terms), author, score, TEXT, SECRET);
    }

    function _assertStats(address subject, uint256 count, uint256 sum) internal view {
        IReputation.Stats memory stats = reputation.statsOf(subject);
        vm.assertEq(stats.count, count, "reviews");
        vm.assertEq(stats.scoreSum, sum, "sum of scores");
    }
}

contract Reputation_commit is ReputationBase {
    function test_WhenPartiesOfEveryEnding() public {
        _commits(DealState.Completed);
        _commits(DealState.Refunded);
        _commits(DealState.Settled);
        _commits(DealState.Resolved);
    }

    function _commits(DealState state) private {
        uint256 snapshot = vm.snapshotState();
        Terms memory terms = _inState(ETH, state);
        bytes32 commitment = _sealed(terms, buyer, 5);
        vm.expectEmit(address(reputation));
        emit IReputation.ReviewCommitted(_idOf(terms), buyer, seller, commitment);
        _commit(terms, buyer, 5);
        commitment = _sealed(terms, seller, 4);
        vm.expectEmit(address(reputation));
        emit IReputation.ReviewCommitted(_idOf(terms), seller, buyer, commitment);
        _commit(terms, seller, 4);
        _assertStats(seller, 0, 0);
        _assertStats(buyer, 0, 0);
        vm.revertToState(snapshot);
    }

    function test_RevertGiven_DealHasNotEnded() public {
        _refusedIn(DealState.None);
        _refusedIn(DealState.Funded);
        _refusedIn(DealState.Shipped);
        _refusedIn(DealState.Delivered);
        _refusedIn(DealState.Disputed);
        _refusedIn(DealState.Cancelled);
    }

    function _refusedIn(DealState state) private {
        uint256 snapshot = vm.snapshotState();
        Terms memory terms = _inState(ETH, state);
        _refused(
            terms, seller, bytes32("x"), abi.encodeWithSelector(IReputation.DealNotEnded.selector, _idOf(terms), state)
        );
        vm.revertToState(snapshot);
    }

    function test_RevertWhen_CallerIsNoParty() public {
        Terms memory terms = _inState(ETH, DealState.Resolved);
        _refused(terms, stranger, bytes32("x"), abi.encodeWithSelector(IReputation.NotAParty.selector, stranger));
        _refused(terms, arbiter, bytes32("x"), abi.encodeWithSelector(IReputation.NotAParty.selector, arbiter));
    }

    function test_RevertWhen_TermsAreNotThoseOfTheDeal() public {
        Terms memory terms = _inState(ETH, DealState.Completed);
        terms.seller = stranger;
        bytes memory refusal = abi.encodeWithSelector(IReputation.DealNotEnded.selector, _idOf(terms), DealState.None);
        _refused(terms, stranger, bytes32("x"), refusal);
    }

    function test_RevertWhen_Twice() public {
        Terms memory terms = _inState(ETH, DealState.Completed);
        _commit(terms, buyer, 5);
        bytes memory refusal =
            abi.encodeWithSelector(IReputation.AlreadyReviewed.selector, _idOf(terms), buyer);
        _refused(terms, buyer, bytes32("another"), refusal);
    }

    function test_RevertWhen_Empty() public {
        Terms memory terms = _inState(ETH, DealState.Completed);
        _refused(terms, buyer, bytes32(0), abi.encodeWithSelector(IReputation.EmptyCommitment.selector));
    }

    function test_WhenLastSecondOfTheWindow() public {
        Terms memory terms = _inState(ETH, DealState.Completed);
        _commit(terms, buyer, 1);
        vm.warp(START + WINDOW);
        _commit(terms, seller, 1);
    }

    function test_RevertWhen_WindowIsOver() public {
        Terms memory terms = _inState(ETH, DealState.Completed);
        _commit(terms, buyer, 1);
        vm.warp(START + WINDOW + 1);
        bytes memory refusal =
            abi.encodeWithSelector(IReputation.ReviewWindowClosed.selector, _idOf(terms), START + WINDOW);
        _refused(terms, seller, bytes32("answer"), refusal);
        _reveal(terms, buyer, 1);
        _refused(terms, seller, bytes32("answer"), refusal);
    }

    function test_WhenNobodyReviewedForAYear() public {
        Terms memory terms = _inState(ETH, DealState.Completed);
        vm.warp(START + 365 days);
        _commit(terms, buyer, 3);
        vm.warp(START + 365 days + WINDOW);
        _commit(terms, seller, 3);
    }

    function _refused(Terms memory terms, address author, bytes32 commitment, bytes memory refusal) private {
        vm.expectRevert(refusal);
        vm.prank(author);
        reputation.commit(terms, commitment);
    }
}

contract Reputation_reveal is ReputationBase {
    function test_WhenBothCommitted() public {
        Terms memory terms = _reviewed();
        vm.expectEmit(address(reputation));
        emit IReputation.ReviewRevealed(_idOf(terms), buyer, seller, 5, TEXT);
        _reveal(terms, buyer, 5);
        _assertStats(seller, 1, 5);
        _assertStats(buyer, 0, 0);
        _reveal(terms, seller, 2);
        _assertStats(buyer, 1, 2);
    }

    function test_WhenScoresOfSeveralDealsAddUp() public {
        Terms memory terms = _reviewed();
        _reveal(terms, buyer, 5);
        Terms memory second = _inState(address(usd), DealState.Refunded);
        _commit(second, buyer, 1);
        _commit(second, seller, 1);
        _reveal(second, buyer, 1);
        _assertStats(seller, 2, 6);
    }

    function test_WhenOnlyOneCommitted_AfterTheWindow() public {
        Terms memory terms = _inState(ETH, DealState.Completed);
        _commit(terms, buyer, 3);
        vm.warp(START + WINDOW);
        bytes memory refusal =
            abi.encodeWithSelector(IReputation.StillSealed.selector, _idOf(terms), START + WINDOW + 1);
        _refused(terms, buyer, 3, refusal);
        vm.warp(START + WINDOW + 1);
        _reveal(terms, buyer, 3);
        _assertStats(seller, 1, 3);
    }

    function test_RevertWhen_OnlyOneCommitted() public {
        Terms memory terms = _inState(ETH, DealState.Completed);
        _commit(terms, buyer, 3);
        bytes memory refusal =
            abi.encodeWithSelector(IReputation.StillSealed.selector, _idOf(terms), START + WINDOW + 1);
        _refused(terms, buyer, 3, refusal);
    }

    function test_RevertWhen_NothingCommitted() public {
        Terms memory terms = _inState(ETH, DealState.Completed);
        _refused(terms, seller, 3, abi.encodeWithSelector(IReputation.NoReview.selector, _idOf(terms), seller));
    }

    function test_RevertWhen_Twice() public {
        Terms memory terms = _reviewed();
        _reveal(terms, buyer, 5);
        _refused(terms, buyer, 5, abi.encodeWithSelector(IReputation.AlreadyRevealed.selector, _idOf(terms), buyer));
        _assertStats(seller, 1, 5);
    }

    function test_RevertWhen_ScoreIsNotTheOneCommitted() public {
        Terms memory terms = _reviewed();
        bytes memory refusal = abi.encodeWithSelector(
            IReputation.CommitmentMismatch.selector, _sealed(terms, buyer, 5), _sealed(terms, buyer, 4)
        );
        _refused(terms, buyer, 4, refusal);
    }

    function test_RevertWhen_ScoreIsOutOfRange() public {
        Terms memory terms = _inState(ETH, DealState.Completed);
        _commit(terms, buyer, 0);
        _commit(terms, seller, 6);
        _refused(terms, buyer, 0, abi.encodeWithSelector(IReputation.ScoreOutOfRange.selector, 0, 5));
        _refused(terms, seller, 6, abi.encodeWithSelector(IReputation.ScoreOutOfRange.selector, 6, 5));
    }

    function test_RevertWhen_ACopiedCommitmentIsOpened() public {
        Terms memory terms = _inState(ETH, DealState.Completed);
        _commit(terms, buyer, 5);
        bytes32 copied = _sealed(terms, buyer, 5);
        vm.prank(seller);
        reputation.commit(terms, copied);
        bytes memory refusal = abi.encodeWithSelector(
            IReputation.CommitmentMismatch.selector, copied, _sealed(terms, seller, 5)
        );
        _refused(terms, seller, 5, refusal);
    }

    function _reviewed() private returns (Terms memory terms) {
        terms = _inState(ETH, DealState.Completed);
        _commit(terms, buyer, 5);
        _commit(terms, seller, 2);
    }

    function _refused(Terms memory terms, address author, uint8 score, bytes memory refusal) private {
        vm.expectRevert(refusal);
        _reveal(terms, author, score);
    }
}
