// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Parameters} from "../types/PoolTypes.sol";

/// @notice What the arbiter pool tells the world.
interface IArbiterPoolEvents {
    event ParametersScheduled(uint256 indexed version, uint256 from, Parameters parameters);
    event ParametersCancelled(uint256 indexed version);

    event Admitted(address indexed arbiter, uint256 from);
    event Suspended(address indexed arbiter);
    event Listed(address indexed arbiter, uint256 bond);
    event Delisted(address indexed arbiter);
    event Leaving(address indexed arbiter, uint256 leavingAt);
    event BondWithdrawn(address indexed arbiter, address to, uint256 amount);

    event CaseOpened(
        bytes32 indexed id,
        address indexed opener,
        uint256 version,
        address roster,
        uint256 drawBlock,
        uint256 drawUntil
    );
    event PanelDrawn(
        bytes32 indexed id, uint8 indexed round, address[] panel, uint256 commitUntil, uint256 revealUntil
    );
    event VoteCommitted(bytes32 indexed id, address indexed arbiter, bytes32 commitment);
    event VoteRevealed(bytes32 indexed id, address indexed arbiter, uint16 buyerBps, bytes32 reasonHash);
    event Appealed(bytes32 indexed id, address indexed appellant, uint256 bond, uint256 drawBlock, uint256 drawUntil);

    /// @dev `fee` is what of the deal's arbiter fee reached the pool.
    event CaseExecuted(bytes32 indexed id, uint16 buyerBps, bytes32 reasonHash, uint8 round, uint256 fee);
    /// @dev `failed`: the panel was not drawn in time or too few voted. Otherwise the deal ended before that, or its deadline
    /// passed, without the pool.
    event CaseClosed(bytes32 indexed id, bool failed);
    event Slashed(bytes32 indexed id, address indexed arbiter, uint256 amount);
    event Rewarded(bytes32 indexed id, address indexed arbiter, address indexed token, uint256 amount);
    event AppealBondReturned(bytes32 indexed id, address indexed appellant, uint256 amount);
    event CaseFeeReturned(bytes32 indexed id, address indexed opener, uint256 amount);
    event Claimed(address indexed account, address indexed token, address to, uint256 amount);
}
