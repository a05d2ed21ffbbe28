// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IArbitrator} from "./IArbitrator.sol";

/// @notice A contract that lets a court decide something for it (ERC-792).
/// @dev https://github.com/ethereum/EIPs/issues/792
interface IArbitrable {
    /// @notice A court's final word, as the court gave it.
    event Ruling(IArbitrator indexed arbitrator, uint256 indexed disputeID, uint256 ruling);

    /// @notice The court gives its final ruling. Only the dispute's court may call.
    /// @param ruling The choice that won; 0 where the court refused to decide.
    function rule(uint256 disputeID, uint256 ruling) external;
}
