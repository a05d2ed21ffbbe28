// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Terms} from "../types/Terms.sol";
import {IEscrow} from "./IEscrow.sol";

/// @title Fairhold Reputation
/// @notice Reviews by the two parties of an ended deal, once each, double-blind. There is no owner; nothing can be deleted
/// or transferred. What is stored is a counter for each person; score and text hash are in the events.
///
/// HOW A REVIEW STAYS SEALED
/// An author first fixes a commitment to score, text and a secret, and opens it later. Two ways:
/// - Signed: both authors sign, off chain, commitments that name who may publish them, and that publisher opens both in one
///   transaction. Nobody else can, so a party that sees the transaction coming cannot answer with another review of its own.
/// - On chain: an author commits until the window closes, `WINDOW` after the deal's end. The review can be opened once the
///   other side has committed too or the window has closed. So a party that waits, or an operator that drops reviews, gains
///   nothing: who committed in time can always publish, and who did not cannot publish alone.
interface IReputation {
    /// @notice Sum and number of the scores an account received; the mean is `scoreSum / count`.
    struct Stats {
        uint64 count;
        uint64 scoreSum;
    }

    /// @notice An opened review. Its commitment is keccak256(abi.encode(dealId, author, score, textHash, secret)).
    struct Opening {
        /// 1 (worst) to 5 (best).
        uint8 score;
        bytes32 textHash;
        bytes32 secret;
    }

    event ReviewCommitted(
        bytes32 indexed dealId, address indexed author, address indexed subject, bytes32 commitment
    );
    event ReviewRevealed(
        bytes32 indexed dealId, address indexed author, address indexed subject, uint8 score, bytes32 textHash
    );

    error NotAParty(address account);
    error EmptyCommitment();
    error AlreadyCommitted(bytes32 dealId, address author);
    error ReviewWindowClosed(bytes32 dealId, uint256 closedAt);
    error NoReview(bytes32 dealId, address author);
    error StillSealed(bytes32 dealId, uint256 opensAt);
    error ScoreOutOfRange(uint256 score, uint256 max);
    error CommitmentMismatch(bytes32 committed, bytes32 given);
    error WrongReviewSignature(address author);
    error WrongPublisher(address caller, address expected);

    /// @notice Publishes both sides' signed reviews at once, and counts them.
    /// @dev What each signs is Review(bytes32 dealId,address author,bytes32 commitment,address publisher).
    /// @param publisher Whom both authors named; only it may call.
    function publishBoth(
        Terms calldata terms,
        address publisher,
        Opening calldata byBuyer,
        bytes calldata buyerSignature,
        Opening calldata bySeller,
        bytes calldata sellerSignature
    ) external;

    /// @notice Seals a review on chain, by its author or by whoever has the author's signature of it.
    /// @param signature Of Review with `publisher` zero; empty where the author calls.
    function commit(Terms calldata terms, address author, bytes32 commitment, bytes calldata signature) external;

    /// @notice Opens a review that was committed on chain, and counts it. Anyone may call.
    function reveal(Terms calldata terms, address author, Opening calldata opening) external;

    /// @notice Seconds after a deal's end in which a review can be committed on chain.
    function WINDOW() external view returns (uint256);

    /// @notice The escrow whose deals are reviewed.
    function ESCROW() external view returns (IEscrow);

    /// @notice What an account's counterparties said of it, in numbers.
    function statsOf(address subject) external view returns (Stats memory);

    /// @notice What an author committed on chain; zero if nothing.
    function commitmentOf(bytes32 dealId, address author) external view returns (bytes32);
}
