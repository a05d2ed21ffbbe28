// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {
    AccessControlDefaultAdminRules
} from "@openzeppelin/contracts/access/extensions/AccessControlDefaultAdminRules.sol";
import {IArbiterPool} from "../interfaces/IArbiterPool.sol";
import {Parameters} from "../types/PoolTypes.sol";

/// @notice Roles, and the parameters with their bounds and delay.
/// @dev Parameters are appended and never changed: a case names the version it was opened under, so nobody can reach it.
abstract contract Settings is IArbiterPool, AccessControlDefaultAdminRules {
    bytes32 public constant ADMISSION_ROLE = keccak256("ADMISSION_ROLE");
    bytes32 public constant PARAMETER_ROLE = keccak256("PARAMETER_ROLE");
    uint256 public constant PARAMETER_DELAY = 7 days;
    /// @dev All steps of a case together are shorter, so that whoever leaves can still be drawn from every list he is in.
    uint256 public constant MAX_COURSE = 28 days;
    /// @dev For somebody to call `execute` after the last step.
    uint256 internal constant EXECUTE_SECONDS = 1 days;
    uint256 internal constant MAX_PANEL = 15;
    uint256 internal constant MAX_APPEAL_PANEL = 31;

    Parameters[] private _versions;
    /// @dev From when the last version is in force.
    uint256 private _lastFrom;

    constructor(uint48 adminDelay, address admin, Parameters memory initial)
        AccessControlDefaultAdminRules(adminDelay, admin)
    {
        _check(initial);
        _versions.push(initial);
        emit ParametersScheduled(0, block.timestamp, initial);
    }

    /// @inheritdoc IArbiterPool
    function scheduleParameters(Parameters calldata next) external onlyRole(PARAMETER_ROLE) {
        _check(next);
        if (_isLastPending()) _dropLast();
        _versions.push(next);
        _lastFrom = block.timestamp + PARAMETER_DELAY;
        emit ParametersScheduled(_versions.length - 1, _lastFrom, next);
    }

    /// @inheritdoc IArbiterPool
    function cancelParameters() external onlyRole(PARAMETER_ROLE) {
        if (!_isLastPending()) revert NothingScheduled();
        _dropLast();
        // The version before is in force already.
        _lastFrom = 0;
    }

    /// @inheritdoc IArbiterPool
    function parameters() external view returns (uint256 version, Parameters memory) {
        return _current();
    }

    /// @inheritdoc IArbiterPool
    function parametersAt(uint256 version) external view returns (Parameters memory) {
        return _versions[version];
    }

    /// @inheritdoc IArbiterPool
    function scheduled() external view returns (uint256 from, Parameters memory next) {
        if (_isLastPending()) return (_lastFrom, _versions[_versions.length - 1]);
    }

    /// @inheritdoc IArbiterPool
    function neededSeconds() external view returns (uint256) {
        (, Parameters storage current) = _current();
        return _needed(current);
    }

    function _current() internal view returns (uint256 version, Parameters storage) {
        version = _versions.length - (_isLastPending() ? 2 : 1);
        return (version, _versions[version]);
    }

    function _parametersAt(uint256 version) internal view returns (Parameters storage) {
        return _versions[version];
    }

    function _needed(Parameters memory p) internal pure returns (uint256) {
        return _course(p) + EXECUTE_SECONDS;
    }

    /// @dev Each step at its longest, with an appeal.
    function _course(Parameters memory p) private pure returns (uint256) {
        return 2 * (uint256(p.drawSeconds) + p.commitSeconds + p.revealSeconds) + p.appealSeconds;
    }

    function _isLastPending() private view returns (bool) {
        return block.timestamp < _lastFrom;
    }

    function _dropLast() private {
        emit ParametersCancelled(_versions.length - 1);
        _versions.pop();
    }

    function _check(Parameters memory p) private pure {
        _bound("panel", p.panel, 1, MAX_PANEL);
        _bound("quorum", p.quorum, p.panel / 2 + 1, p.panel);
        _bound("appealPanel", p.appealPanel, p.panel + 1, MAX_APPEAL_PANEL);
        _bound("appealQuorum", p.appealQuorum, p.appealPanel / 2 + 1, p.appealPanel);
        _bound("toleranceBps", p.toleranceBps, 0, 5_000);
        _bound("slashBps", p.slashBps, 1, 5_000);
        _bound("drawSeconds", p.drawSeconds, 1 hours, 2 days);
        _bound("commitSeconds", p.commitSeconds, 1 hours, 7 days);
        _bound("revealSeconds", p.revealSeconds, 1 hours, 7 days);
        _bound("appealSeconds", p.appealSeconds, 1 hours, 7 days);
        _bound("course", _course(p), 0, MAX_COURSE);
        _bound("bond", p.bond, 0.001 ether, 1_000 ether);
        _bound("appealBond", p.appealBond, 0.001 ether, 1_000 ether);
        // Never free: who opens a case makes others work, and risk their bonds.
        _bound("caseFee", p.caseFee, 0.0001 ether, 10 ether);
    }

    function _bound(bytes32 name, uint256 value, uint256 min, uint256 max) internal pure {
        if (value < min || value > max) revert ParameterOutOfRange(name, value, min, max);
    }
}
