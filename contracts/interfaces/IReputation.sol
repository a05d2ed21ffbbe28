// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {DealState} from "../types/DealState.sol";
import {Terms} from "../types/Terms.sol";

/// @title Fairhold Reputation
/// @notice Reviews by the two parties of an ended deal, once each, double-blind: both commit to a hash first, and
/// nothing can be revealed before both have or the window is over. There is no owner; nothing can be deleted or
/// transferred. What is stored is the score and a hash of the text.
interface IReputation {
    /// @notice Sum and number of the scores an account received; the mean is `scoreSum / count`.
    struct Stats {
        uint64 count;
        uint64 scoreSum;
    }

    event ReviewCommitted(
        bytes32 indexed dealId, address indexed author, address indexed subject, bytes32 commitment
    );
    event ReviewRevealed(
        bytes32 indexed dealId, address indexed author, address indexed subject, uint8 score, bytes32 textHash
    );

    error DealNotEnded(bytes32 dealId, DealState current);
    error NotAParty(address caller);
    error EmptyCommitment();
    error AlreadyReviewed(bytes32 dealId, address author);
    error ReviewWindowClosed(bytes32 dealId, uint256 closedAt);
    error NoReview(bytes32 dealId, address author);
    error AlreadyRevealed(bytes32 dealId, address author);
    error StillSealed(bytes32 dealId, uint256 opensAt);
    error ScoreOutOfRange(uint256 score, uint256 max);
    error CommitmentMismatch(bytes32 committed, bytes32 given);

    /// @notice Seals the caller's review of the other party of an ended deal.
    /// @dev The first commitment starts a window of seven days; the other side can commit while it lasts.
    /// @param commitment keccak256(abi.encode(dealId, author, score, textHash, secret)).
    function commit(Terms calldata terms, bytes32 commitment) external;

    /// @notice Opens a sealed review, once both are in or the window is over. Anyone may call.
    /// @param score 1 (worst) to 5 (best).
    function reveal(bytes32 dealId, address author, uint8 score, bytes32 textHash, bytes32 secret) external;

    function statsOf(address subject) external view returns (Stats memory);
}
