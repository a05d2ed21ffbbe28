// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IEscrow} from "./interfaces/IEscrow.sol";
import {IReputation} from "./interfaces/IReputation.sol";
import {DealState, DealStates, only} from "./types/DealState.sol";
import {Terms} from "./types/Terms.sol";

/// @title Fairhold Reputation
/// @notice See IReputation.
contract Reputation is IReputation {
    /// @dev What is known of one side's review. `subject` is set by the commitment and never changes.
    struct Review {
        bytes32 commitment;
        address subject;
        bool revealed;
    }

    /// @dev A deal's round of reviews: when its first commitment came, and how many sides have committed.
    struct Round {
        uint40 startedAt;
        uint8 commitments;
    }

    uint256 public constant WINDOW = 7 days;
    uint256 private constant MAX_SCORE = 5;

    IEscrow public immutable ESCROW;

    mapping(bytes32 dealId => Round) private _rounds;
    mapping(bytes32 dealId => mapping(address author => Review)) private _reviews;
    mapping(address subject => Stats) private _stats;

    constructor(IEscrow escrow) {
        ESCROW = escrow;
    }

    /// @inheritdoc IReputation
    function commit(Terms calldata terms, bytes32 commitment) external {
        bytes32 id = ESCROW.dealId(terms);
        _requireEnded(id);
        address subject = _otherParty(terms);
        if (commitment == 0) revert EmptyCommitment();
        Review storage review = _reviews[id][msg.sender];
        if (review.commitment != 0) revert AlreadyReviewed(id, msg.sender);
        Round memory round = _rounds[id];
        if (round.commitments == 0) round.startedAt = uint40(block.timestamp);
        // After the window the first review may be public: who reads it must not answer it. (Before, it cannot be.)
        if (block.timestamp > round.startedAt + WINDOW) {
            revert ReviewWindowClosed(id, round.startedAt + WINDOW);
        }
        ++round.commitments;
        _rounds[id] = round;
        review.commitment = commitment;
        review.subject = subject;
        emit ReviewCommitted(id, msg.sender, subject, commitment);
    }

    /// @inheritdoc IReputation
    function reveal(bytes32 dealId, address author, uint8 score, bytes32 textHash, bytes32 secret) external {
        Review storage review = _reviews[dealId][author];
        if (review.commitment == 0) revert NoReview(dealId, author);
        if (review.revealed) revert AlreadyRevealed(dealId, author);
        Round memory round = _rounds[dealId];
        if (round.commitments != 2 && block.timestamp <= round.startedAt + WINDOW) {
            revert StillSealed(dealId, round.startedAt + WINDOW + 1);
        }
        if (score == 0 || score > MAX_SCORE) revert ScoreOutOfRange(score, MAX_SCORE);
        bytes32 given = keccak256(abi.encode(dealId, author, score, textHash, secret));
        if (given != review.commitment) revert CommitmentMismatch(review.commitment, given);
        review.revealed = true;
        Stats storage stats = _stats[review.subject];
        ++stats.count;
        stats.scoreSum += score;
        emit ReviewRevealed(dealId, author, review.subject, score, textHash);
    }

    /// @inheritdoc IReputation
    function statsOf(address subject) external view returns (Stats memory) {
        return _stats[subject];
    }

    function _requireEnded(bytes32 id) private view {
        DealStates ended = only(DealState.Completed) | only(DealState.Refunded) | only(DealState.Settled)
            | only(DealState.Resolved);
        DealState current = ESCROW.dealOf(id).state;
        if (!ended.contains(current)) revert DealNotEnded(id, current);
    }

    function _otherParty(Terms calldata terms) private view returns (address) {
        (address seller, address buyer) = ESCROW.partiesOf(terms);
        if (msg.sender == seller) return buyer;
        if (msg.sender == buyer) return seller;
        revert NotAParty(msg.sender);
    }
}
