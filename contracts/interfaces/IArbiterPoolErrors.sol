// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {DealState} from "../types/DealState.sol";
import {Phase} from "../types/PoolTypes.sol";

/// @notice Why the arbiter pool refuses.
interface IArbiterPoolErrors {
    /* PARAMETERS */
    error ParameterOutOfRange(bytes32 name, uint256 value, uint256 min, uint256 max);
    error NothingScheduled();

    /* ROSTER */
    error AlreadyAdmitted(address account);
    error NotAdmitted(address account);
    error AdmissionPending(uint256 from, uint256 current);
    error AlreadyListed(address account);
    error RosterFull(uint256 max);
    error BondTooSmall(uint256 bond, uint256 minimum);
    error NoBond(address account);
    error AlreadyLeaving(address account, uint256 leavingAt);
    error NotLeaving(address account);
    error StillLeaving(uint256 leavingAt, uint256 current);
    error InRunningCase(address account, uint256 cases);

    /* CASES */
    error WrongArbiter(address arbiter);
    error CaseExists(bytes32 id);
    error DealNotDisputed(bytes32 id, DealState state);
    /// @dev `needed` seconds from now to the deal's deadline are needed for a whole course with an appeal.
    error NotEnoughTime(uint256 available, uint256 needed);
    error WrongCaseFee(uint256 sent, uint256 expected);
    error NotEnoughArbiters(uint256 available, uint256 needed);
    error WrongPhase(bytes32 id, Phase current, Phase expected);
    error TooEarlyToDraw(uint256 currentBlock, uint256 firstBlock);
    error BlockHashGone(uint256 blockNumber);
    error NotAParty(address account);
    error WrongAppealBond(uint256 sent, uint256 expected);
    error StillRunning(bytes32 id, Phase phase);

    /* VOTES */
    error NotOnPanel(bytes32 id, address account);
    error EmptyCommitment();
    error AlreadyCommitted(bytes32 id, address arbiter);
    error WrongVoteSignature(address arbiter);
    error NotCommitted(bytes32 id, address arbiter);
    error AlreadyRevealed(bytes32 id, address arbiter);
    error CommitmentMismatch(bytes32 committed, bytes32 given);
    error VoteOutOfRange(uint256 buyerBps, uint256 max);

    /* MONEY */
    error NothingToClaim(address token, address account);
    error SendFailed(address token, address to, uint256 amount);
    error UnexpectedCoins(address sender);
}
