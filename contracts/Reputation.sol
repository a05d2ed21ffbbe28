// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {IEscrow} from "./interfaces/IEscrow.sol";
import {IReputation} from "./interfaces/IReputation.sol";
import {Signatures} from "./libraries/Signatures.sol";
import {Terms} from "./types/Terms.sol";

/// @title Fairhold Reputation
/// @notice See IReputation. That a side has reviewed is noted in the deal's own slot in the escrow, which is what makes a
/// review cheap, and why the escrow creates this contract.
contract Reputation is IReputation, EIP712 {
    uint256 public constant WINDOW = 7 days;
    uint256 private constant MAX_SCORE = 5;
    /// keccak256("Review(bytes32 dealId,address author,bytes32 commitment,address publisher)")
    bytes32 private constant REVIEW_TYPEHASH = 0x5a8ea3f38c980f9fe7c3ba4c5ccb9e37c4fcce8e00971e1da6c94f1e6691f766;

    IEscrow public immutable ESCROW;

    mapping(bytes32 dealId => mapping(address author => bytes32)) private _commitments;
    mapping(address subject => Stats) private _stats;

    constructor(IEscrow escrow) EIP712("Fairhold Reputation", "1") {
        ESCROW = escrow;
    }

    /// @inheritdoc IReputation
    function publishBoth(
        Terms calldata terms,
        address publisher,
        Opening calldata byBuyer,
        bytes calldata buyerSignature,
        Opening calldata bySeller,
        bytes calldata sellerSignature
    ) external {
        // So a signature for nobody, which `commit` makes public, serves `commit` alone.
        if (msg.sender != publisher) revert WrongPublisher(msg.sender, publisher);
        (bytes32 id, address seller, address buyer) = ESCROW.recordReviews(terms, address(0));
        _requireSigned(id, buyer, _commitmentTo(id, buyer, byBuyer), publisher, buyerSignature);
        _requireSigned(id, seller, _commitmentTo(id, seller, bySeller), publisher, sellerSignature);
        _count(id, buyer, seller, byBuyer);
        _count(id, seller, buyer, bySeller);
    }

    /// @inheritdoc IReputation
    function commit(Terms calldata terms, address author, bytes32 commitment, bytes calldata signature) external {
        (bytes32 id, address seller, address buyer, uint256 endedAt) = ESCROW.endOf(terms);
        address subject = _other(author, seller, buyer);
        if (commitment == 0) revert EmptyCommitment();
        if (_commitments[id][author] != 0) revert AlreadyCommitted(id, author);
        // After the window the other review may be public: who reads it must not answer it. (Before, it cannot be.)
        if (block.timestamp > endedAt + WINDOW) revert ReviewWindowClosed(id, endedAt + WINDOW);
        if (msg.sender != author) _requireSigned(id, author, commitment, address(0), signature);
        _commitments[id][author] = commitment;
        emit ReviewCommitted(id, author, subject, commitment);
    }

    /// @inheritdoc IReputation
    function reveal(Terms calldata terms, address author, Opening calldata opening) external {
        (bytes32 id, address seller, address buyer, uint256 endedAt) = ESCROW.endOf(terms);
        address subject = _other(author, seller, buyer);
        bytes32 committed = _commitments[id][author];
        if (committed == 0) revert NoReview(id, author);
        if (_commitments[id][subject] == 0 && block.timestamp <= endedAt + WINDOW) {
            revert StillSealed(id, endedAt + WINDOW + 1);
        }
        bytes32 given = _commitmentTo(id, author, opening);
        if (given != committed) revert CommitmentMismatch(committed, given);
        ESCROW.recordReviews(terms, author);
        _count(id, author, subject, opening);
    }

    /// @inheritdoc IReputation
    function statsOf(address subject) external view returns (Stats memory) {
        return _stats[subject];
    }

    /// @inheritdoc IReputation
    function commitmentOf(bytes32 dealId, address author) external view returns (bytes32) {
        return _commitments[dealId][author];
    }

    function _count(bytes32 id, address author, address subject, Opening calldata opening) private {
        if (opening.score == 0 || opening.score > MAX_SCORE) revert ScoreOutOfRange(opening.score, MAX_SCORE);
        Stats memory stats = _stats[subject];
        _stats[subject] = Stats(stats.count + 1, stats.scoreSum + opening.score);
        emit ReviewRevealed(id, author, subject, opening.score, opening.textHash);
    }

    function _requireSigned(bytes32 id, address author, bytes32 commitment, address publisher, bytes calldata signature)
        private
        view
    {
        bytes32 structHash = keccak256(abi.encode(REVIEW_TYPEHASH, id, author, commitment, publisher));
        if (!Signatures.isValid(author, _hashTypedDataV4(structHash), signature)) revert WrongReviewSignature(author);
    }

    function _commitmentTo(bytes32 id, address author, Opening calldata opening) private pure returns (bytes32) {
        return keccak256(abi.encode(id, author, opening.score, opening.textHash, opening.secret));
    }

    function _other(address author, address seller, address buyer) private pure returns (address) {
        if (author == seller) return buyer;
        if (author == buyer) return seller;
        revert NotAParty(author);
    }
}
