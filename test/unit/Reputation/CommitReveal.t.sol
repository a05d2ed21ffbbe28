// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IReputation} from "../../../contracts/interfaces/IReputation.sol";
import {DealState} from "../../../contracts/types/DealState.sol";
import {Terms} from "../../../contracts/types/Terms.sol";
import {vm} from "../../support/Vm.sol";
import {ReputationBase} from "./ReputationBase.sol";

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
        vm.assertEq(reputation.commitmentOf(_idOf(terms), buyer), commitment, "commitment");
        commitment = _sealed(terms, seller, 4);
        vm.expectEmit(address(reputation));
        emit IReputation.ReviewCommitted(_idOf(terms), seller, buyer, commitment);
        _commit(terms, seller, 4);
        _assertStats(seller, 0, 0);
        _assertStats(buyer, 0, 0);
        _assertReviews(terms, 0);
        vm.revertToState(snapshot);
    }

    function test_WhenAnotherSubmitsTheAuthorsSignature() public {
        Terms memory terms = _inState(ETH, DealState.Completed);
        bytes32 commitment = _sealed(terms, buyer, 5);
        bytes memory signature = _signReview(BUYER_KEY, terms, buyer, 5, address(0));
        vm.prank(stranger);
        reputation.commit(terms, buyer, commitment, signature);
        vm.assertEq(reputation.commitmentOf(_idOf(terms), buyer), commitment, "commitment");
    }

    function test_RevertWhen_AnotherSubmitsWithoutItsSignature() public {
        Terms memory terms = _inState(ETH, DealState.Completed);
        bytes memory refusal = abi.encodeWithSelector(IReputation.WrongReviewSignature.selector, buyer);
        bytes32 commitment = _sealed(terms, buyer, 5);
        _refused(terms, stranger, buyer, commitment, "", refusal);
        bytes memory forged = _signReview(SELLER_KEY, terms, buyer, 5, address(0));
        _refused(terms, seller, buyer, commitment, forged, refusal);
        bytes memory another = _signReview(BUYER_KEY, terms, buyer, 4, address(0));
        _refused(terms, seller, buyer, commitment, another, refusal);
    }

    /// @dev What was signed for a publisher must not be sealed on chain by somebody else.
    function test_RevertWhen_SignedForAPublisher() public {
        Terms memory terms = _inState(ETH, DealState.Completed);
        bytes memory signature = _signReview(BUYER_KEY, terms, buyer, 5, operator);
        bytes memory refusal = abi.encodeWithSelector(IReputation.WrongReviewSignature.selector, buyer);
        _refused(terms, operator, buyer, _sealed(terms, buyer, 5), signature, refusal);
    }

    function test_RevertGiven_DealHasNotEnded() public {
        DealState[7] memory open = [
            DealState.None,
            DealState.PartlyFunded,
            DealState.Funded,
            DealState.Shipped,
            DealState.Delivered,
            DealState.Disputed,
            DealState.Cancelled
        ];
        for (uint256 i = 0; i < open.length; ++i) {
            uint256 snapshot = vm.snapshotState();
            Terms memory terms = _inState(ETH, open[i]);
            _expectState(terms, open[i], _endings());
            vm.prank(seller);
            reputation.commit(terms, seller, bytes32("x"), "");
            vm.revertToState(snapshot);
        }
    }

    function test_RevertWhen_AuthorIsNoParty() public {
        Terms memory terms = _inState(ETH, DealState.Resolved);
        bytes4 selector = IReputation.NotAParty.selector;
        _refused(terms, stranger, stranger, bytes32("x"), "", abi.encodeWithSelector(selector, stranger));
        _refused(terms, arbiter, arbiter, bytes32("x"), "", abi.encodeWithSelector(selector, arbiter));
    }

    function test_RevertWhen_TermsAreNotThoseOfTheDeal() public {
        Terms memory terms = _inState(ETH, DealState.Completed);
        terms.seller = stranger;
        _expectState(terms, DealState.None, _endings());
        vm.prank(stranger);
        reputation.commit(terms, stranger, bytes32("x"), "");
    }

    function test_RevertWhen_Twice() public {
        Terms memory terms = _inState(ETH, DealState.Completed);
        _commit(terms, buyer, 5);
        bytes memory refusal =
            abi.encodeWithSelector(IReputation.AlreadyCommitted.selector, _idOf(terms), buyer);
        _refused(terms, buyer, buyer, bytes32("another"), "", refusal);
    }

    function test_RevertWhen_Empty() public {
        Terms memory terms = _inState(ETH, DealState.Completed);
        bytes memory refusal = abi.encodeWithSelector(IReputation.EmptyCommitment.selector);
        _refused(terms, buyer, buyer, bytes32(0), "", refusal);
    }

    function test_WhenLastSecondOfTheWindow() public {
        Terms memory terms = _inState(ETH, DealState.Completed);
        vm.assertEq(reputation.WINDOW(), WINDOW, "window");
        vm.warp(START + WINDOW);
        _commit(terms, buyer, 1);
        _commit(terms, seller, 1);
    }

    /// @dev The window runs from the deal's end, whatever the other side does: who waits cannot answer a published review.
    function test_RevertWhen_WindowIsOver() public {
        Terms memory terms = _inState(ETH, DealState.Completed);
        _commit(terms, buyer, 1);
        vm.warp(START + WINDOW + 1);
        bytes memory refusal =
            abi.encodeWithSelector(IReputation.ReviewWindowClosed.selector, _idOf(terms), START + WINDOW);
        _refused(terms, seller, seller, bytes32("answer"), "", refusal);
        _reveal(terms, buyer, 1);
        _refused(terms, seller, seller, bytes32("answer"), "", refusal);
    }

    function _refused(
        Terms memory terms,
        address by,
        address author,
        bytes32 commitment,
        bytes memory signature,
        bytes memory refusal
    ) private {
        vm.expectRevert(refusal);
        vm.prank(by);
        reputation.commit(terms, author, commitment, signature);
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
        _assertReviews(terms, 1);
        _reveal(terms, seller, 2);
        _assertStats(buyer, 1, 2);
        _assertReviews(terms, 3);
    }

    function test_WhenSellerRevealsFirst() public {
        Terms memory terms = _reviewed();
        _reveal(terms, seller, 2);
        _assertReviews(terms, 2);
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

    function test_RevertWhen_AuthorIsNoParty() public {
        Terms memory terms = _reviewed();
        _refused(terms, arbiter, 3, abi.encodeWithSelector(IReputation.NotAParty.selector, arbiter));
    }

    function test_RevertGiven_DealHasNotEnded() public {
        Terms memory terms = _funded(ETH);
        _expectState(terms, DealState.Funded, _endings());
        _reveal(terms, buyer, 3);
    }

    function test_RevertWhen_Twice() public {
        Terms memory terms = _reviewed();
        _reveal(terms, buyer, 5);
        _refused(terms, buyer, 5, _alreadyReviewed(terms, buyer));
        _assertStats(seller, 1, 5);
    }

    /// @dev Published with both signatures, a review on chain must not count a second time.
    function test_RevertGiven_PublishedBoth() public {
        Terms memory terms = _reviewed();
        bytes memory ofBuyer = _signReview(BUYER_KEY, terms, buyer, 4, operator);
        bytes memory ofSeller = _signReview(SELLER_KEY, terms, seller, 4, operator);
        IReputation.Opening memory opening = _review(4);
        vm.prank(operator);
        reputation.publishBoth(terms, operator, opening, ofBuyer, opening, ofSeller);
        _refused(terms, buyer, 5, _alreadyReviewed(terms, buyer));
        _refused(terms, seller, 2, _alreadyReviewed(terms, seller));
        _assertStats(seller, 1, 4);
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
        _assertReviews(terms, 0);
    }

    function test_RevertWhen_ACopiedCommitmentIsOpened() public {
        Terms memory terms = _inState(ETH, DealState.Completed);
        _commit(terms, buyer, 5);
        bytes32 copied = _sealed(terms, buyer, 5);
        vm.prank(seller);
        reputation.commit(terms, seller, copied, "");
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
