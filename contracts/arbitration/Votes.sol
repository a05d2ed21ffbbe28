// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {IArbiterPool} from "../interfaces/IArbiterPool.sol";
import {Median} from "../libraries/Median.sol";
import {Signatures} from "../libraries/Signatures.sol";
import {Split} from "../libraries/Split.sol";
import {Outcome, Phase, Round, Seat} from "../types/PoolTypes.sol";
import {Cases} from "./Cases.sol";

/// @notice Sealed votes, and what they come to.
abstract contract Votes is Cases, EIP712 {
    bytes32 private constant COMMIT_TYPEHASH = keccak256("Commit(bytes32 caseId,address arbiter,bytes32 commitment)");

    /// @inheritdoc IArbiterPool
    function commit(bytes32 id, address arbiter, bytes32 commitment, bytes calldata signature) external {
        _requirePhase(id, Phase.Committing);
        // Otherwise who commits after a settlement would have a share of the case fee for nothing.
        _requireDisputed(id);
        Seat storage seat = _seatIn(id, arbiter);
        if (commitment == 0) revert EmptyCommitment();
        if (seat.commitment != 0) revert AlreadyCommitted(id, arbiter);
        if (msg.sender != arbiter) {
            bytes32 structHash = keccak256(abi.encode(COMMIT_TYPEHASH, id, arbiter, commitment));
            if (!Signatures.isValid(arbiter, _hashTypedDataV4(structHash), signature)) revert WrongVoteSignature(arbiter);
        }
        seat.commitment = commitment;
        emit VoteCommitted(id, arbiter, commitment);
    }

    /// @inheritdoc IArbiterPool
    function reveal(bytes32 id, address arbiter, uint16 buyerBps, bytes32 reasonHash, bytes32 secret) external {
        _requirePhase(id, Phase.Revealing);
        Seat storage seat = _seatIn(id, arbiter);
        bytes32 committed = seat.commitment;
        if (committed == 0) revert NotCommitted(id, arbiter);
        if (seat.revealed) revert AlreadyRevealed(id, arbiter);
        bytes32 given = commitmentOf(id, arbiter, buyerBps, reasonHash, secret);
        if (given != committed) revert CommitmentMismatch(committed, given);
        if (buyerBps > Split.BPS) revert VoteOutOfRange(buyerBps, Split.BPS);
        seat.revealed = true;
        seat.buyerBps = buyerBps;
        seat.reasonHash = reasonHash;
        ++_rounds[id][seat.round].revealed;
        emit VoteRevealed(id, arbiter, buyerBps, reasonHash);
    }

    /// @inheritdoc IArbiterPool
    function outcomeOf(bytes32 id) external view returns (Outcome memory outcome) {
        if (phaseOf(id) == Phase.Executable || _cases[id].ruled) outcome = _finalOutcome(id);
    }

    /// @inheritdoc IArbiterPool
    function commitmentOf(bytes32 id, address arbiter, uint16 buyerBps, bytes32 reasonHash, bytes32 secret)
        public
        pure
        returns (bytes32)
    {
        return keccak256(abi.encode(id, arbiter, buyerBps, reasonHash, secret));
    }

    /// @dev The appeal's outcome if it has one, otherwise the first panel's.
    function _finalOutcome(bytes32 id) internal view returns (Outcome memory) {
        uint256 quorum = _parametersAt(_cases[id].version).appealQuorum;
        return _outcome(id, _rounds[id][APPEAL].revealed < quorum ? FIRST : APPEAL);
    }

    function _outcome(bytes32 id, uint8 number) internal view returns (Outcome memory) {
        Round storage round = _rounds[id][number];
        address[] memory panel = round.panel;
        uint256[] memory votes = new uint256[](round.revealed);
        uint256 count;
        for (uint256 i = 0; i < panel.length; ++i) {
            Seat storage seat = _seats[id][panel[i]];
            if (seat.revealed) votes[count++] = seat.buyerBps;
        }
        uint16 median = uint16(Median.ofLower(votes));
        return Outcome(true, median, _reasonFor(id, panel, median), number);
    }

    /// @dev The median is one of the votes, so the loop finds it.
    function _reasonFor(bytes32 id, address[] memory panel, uint16 median) private view returns (bytes32 reasonHash) {
        for (uint256 i = 0;; ++i) {
            Seat storage seat = _seats[id][panel[i]];
            if (seat.revealed && seat.buyerBps == median) return seat.reasonHash;
        }
    }

    /// @dev The seat of somebody on the panel that is voting now.
    function _seatIn(bytes32 id, address arbiter) private view returns (Seat storage seat) {
        seat = _seats[id][arbiter];
        if (seat.round == 0 || seat.round != _cases[id].rounds) revert NotOnPanel(id, arbiter);
    }
}
