// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IArbitrable} from "./IArbitrable.sol";

/// @notice A court that other contracts can call (ERC-792).
/// @dev https://github.com/ethereum/EIPs/issues/792
interface IArbitrator {
    enum DisputeStatus {
        Waiting,
        Appealable,
        Solved
    }

    event DisputeCreation(uint256 indexed disputeID, IArbitrable indexed arbitrable);
    event AppealPossible(uint256 indexed disputeID, IArbitrable indexed arbitrable);
    event AppealDecision(uint256 indexed disputeID, IArbitrable indexed arbitrable);

    /// @notice Opens a dispute of the calling contract, for at least `arbitrationCost(extraData)`.
    /// @param choices How many rulings there are, beside 0 for "refused to decide".
    /// @param extraData What the court wants to know besides, as which of its panels and how many jurors.
    function createDispute(uint256 choices, bytes calldata extraData) external payable returns (uint256 disputeID);

    /// @notice Takes a ruling that is not final to a higher instance, for at least `appealCost(disputeID, extraData)`.
    function appeal(uint256 disputeID, bytes calldata extraData) external payable;

    /// @notice What a dispute costs now, in wei. It may be another amount at the next block.
    function arbitrationCost(bytes calldata extraData) external view returns (uint256 cost);

    /// @notice What an appeal costs now, in wei.
    function appealCost(uint256 disputeID, bytes calldata extraData) external view returns (uint256 cost);

    /// @notice When the ruling may be appealed; (0, 0) where that is unknown or impossible.
    function appealPeriod(uint256 disputeID) external view returns (uint256 start, uint256 end);

    function disputeStatus(uint256 disputeID) external view returns (DisputeStatus status);

    /// @notice The ruling that stands unless somebody appeals.
    function currentRuling(uint256 disputeID) external view returns (uint256 ruling);
}
