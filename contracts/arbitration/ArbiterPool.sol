// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {IEscrow} from "../interfaces/IEscrow.sol";
import {Parameters} from "../types/PoolTypes.sol";
import {Cases} from "./Cases.sol";
import {Endings} from "./Endings.sol";
import {Settings} from "./Settings.sol";

/// @title Fairhold ArbiterPool
/// @notice See IArbiterPool for what it does, promises and assumes. The parts, each building on the one before: Settings
/// (roles, parameters), Roster (who, bonds), Cases (openings, draws, appeals), Votes, Rewards, Endings.
contract ArbiterPool is Endings {
    /// @param escrow The one escrow whose deals may name this pool.
    /// @param drawBlocks How far ahead the block lies that draws a panel.
    /// @param adminDelay Seconds until the admin role can be taken over.
    constructor(IEscrow escrow, uint256 drawBlocks, uint48 adminDelay, address admin, Parameters memory initial)
        EIP712("Fairhold ArbiterPool", "1")
        Settings(adminDelay, admin, initial)
        Cases(escrow, drawBlocks)
    {}
}
