// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IArbitrable} from "../../interfaces/external/IArbitrable.sol";
import {CourtMock} from "../CourtMock.sol";

/// @notice A court that keeps no rule: it calls anything in the middle of being paid, pays back what it likes, gives every
/// dispute the id it was told, and rules what it was never asked.
contract HostileCourt is CourtMock {
    uint256 public nextId;
    uint256 public change;
    bool public garbage;
    address private _target;
    bytes private _data;
    bool public succeeded;
    bytes public answer;

    error ChangeRefused();

    receive() external payable {}

    function setNextId(uint256 id) external {
        nextId = id;
    }

    /// @notice Gives this back whenever it is paid.
    function setChange(uint256 amount) external {
        change = amount;
    }

    /// @notice Makes its price something that is no number.
    function talkGarbage() external {
        garbage = true;
    }

    /// @notice Makes this call whenever it is paid.
    function arm(address target, bytes calldata data) external {
        (_target, _data) = (target, data);
    }

    function giveTo(address payable to, uint256 amount) external {
        _give(to, amount);
    }

    function ruleAnything(IArbitrable arbitrable, uint256 disputeID, uint256 ruling) external {
        arbitrable.rule(disputeID, ruling);
    }

    function createDispute(uint256, bytes calldata) external payable override returns (uint256) {
        _misbehave();
        return nextId;
    }

    function appeal(uint256, bytes calldata) external payable override {
        _misbehave();
    }

    function arbitrationCost(bytes calldata) external view override returns (uint256) {
        if (!garbage) return cost;
        assembly ("memory-safe") {
            return(0, 7)
        }
    }

    function _misbehave() private {
        if (_target != address(0)) (succeeded, answer) = _target.call(_data);
        if (change != 0) _give(msg.sender, change);
    }

    /// @dev Passes on why its coins were refused.
    function _give(address to, uint256 amount) private {
        (bool taken, bytes memory reason) = to.call{value: amount}("");
        if (taken) return;
        if (reason.length == 0) revert ChangeRefused();
        assembly ("memory-safe") {
            revert(add(reason, 0x20), mload(reason))
        }
    }
}
