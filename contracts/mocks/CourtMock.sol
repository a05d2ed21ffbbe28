// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IArbitrable} from "../interfaces/external/IArbitrable.sol";
import {IArbitrator} from "../interfaces/external/IArbitrator.sol";

/// @notice A small ERC-792 court. Anyone sets its prices and decides: for local chains and tests.
contract CourtMock is IArbitrator {
    struct Trial {
        IArbitrable arbitrable;
        uint256 choices;
        uint256 ruling;
        uint256 appealableFrom;
        uint256 appealableUntil;
        DisputeStatus status;
    }

    uint256 public cost;
    uint256 public costOfAppeal;
    uint256 public appealSeconds;
    bytes public lastExtraData;
    Trial[] public trials;

    error CourtCost(uint256 sent, uint256 cost);
    error NotAppealable(uint256 disputeID, DisputeStatus status);
    error StillAppealable(uint256 current, uint256 until);

    function setCosts(uint256 newCost, uint256 newCostOfAppeal) external {
        (cost, costOfAppeal) = (newCost, newCostOfAppeal);
    }

    function setAppealSeconds(uint256 newSeconds) external {
        appealSeconds = newSeconds;
    }

    function createDispute(uint256 choices, bytes calldata extraData)
        external
        payable
        virtual
        returns (uint256 disputeID)
    {
        if (msg.value < cost) revert CourtCost(msg.value, cost);
        lastExtraData = extraData;
        disputeID = trials.length;
        trials.push(Trial(IArbitrable(msg.sender), choices, 0, 0, 0, DisputeStatus.Waiting));
        emit DisputeCreation(disputeID, IArbitrable(msg.sender));
    }

    /// @notice Gives a ruling that can be appealed for `appealSeconds`.
    function giveRuling(uint256 disputeID, uint256 ruling) external {
        Trial storage trial = trials[disputeID];
        (trial.ruling, trial.status) = (ruling, DisputeStatus.Appealable);
        (trial.appealableFrom, trial.appealableUntil) = (block.timestamp, block.timestamp + appealSeconds);
        emit AppealPossible(disputeID, trial.arbitrable);
    }

    function appeal(uint256 disputeID, bytes calldata extraData) external payable virtual {
        if (msg.value < costOfAppeal) revert CourtCost(msg.value, costOfAppeal);
        Trial storage trial = trials[disputeID];
        if (trial.status != DisputeStatus.Appealable || block.timestamp > trial.appealableUntil) {
            revert NotAppealable(disputeID, trial.status);
        }
        lastExtraData = extraData;
        (trial.status, trial.appealableFrom, trial.appealableUntil) = (DisputeStatus.Waiting, 0, 0);
        emit AppealDecision(disputeID, trial.arbitrable);
    }

    /// @notice Makes the ruling final, once it cannot be appealed any more.
    function executeRuling(uint256 disputeID) external {
        Trial storage trial = trials[disputeID];
        if (block.timestamp <= trial.appealableUntil) revert StillAppealable(block.timestamp, trial.appealableUntil);
        trial.status = DisputeStatus.Solved;
        trial.arbitrable.rule(disputeID, trial.ruling);
    }

    function arbitrationCost(bytes calldata) external view virtual returns (uint256) {
        return cost;
    }

    function appealCost(uint256, bytes calldata) external view returns (uint256) {
        return costOfAppeal;
    }

    function appealPeriod(uint256 disputeID) external view returns (uint256 start, uint256 end) {
        return (trials[disputeID].appealableFrom, trials[disputeID].appealableUntil);
    }

    function disputeStatus(uint256 disputeID) external view returns (DisputeStatus) {
        return trials[disputeID].status;
    }

    function currentRuling(uint256 disputeID) external view returns (uint256) {
        return trials[disputeID].ruling;
    }
}
