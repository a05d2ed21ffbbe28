// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {vm} from "../support/Vm.sol";
import {FindingBase} from "./FindingBase.sol";

/// @notice Tries, as whoever deployed a contract, every function by which others were governed.
abstract contract AdminProbe is FindingBase {
    address internal deployer = address(this);

    /// @dev How many of them are there: a call that goes through, or that refuses in words of its own.
    function _found(address target, string[] memory functions, bytes memory arguments) internal returns (uint256 found) {
        for (uint256 i = 0; i < functions.length; ++i) {
            bytes4 selector = bytes4(keccak256(bytes(functions[i])));
            (bool done, bytes memory answer) = _tryWith(0, deployer, target, bytes.concat(selector, arguments));
            if (done || answer.length != 0) ++found;
        }
    }

    function _pauses() internal pure returns (string[] memory names) {
        names = new string[](7);
        names[0] = "pause()";
        names[1] = "unpause()";
        names[2] = "setPaused(bool)";
        names[3] = "freeze(bytes32)";
        names[4] = "emergencyWithdraw(address,address)";
        names[5] = "shutdown()";
        names[6] = "paused()";
    }

    function _settings() internal pure returns (string[] memory names) {
        names = new string[](16);
        names[0] = "owner()";
        names[1] = "transferOwnership(address)";
        names[2] = "setFee(uint256)";
        names[3] = "setToken(address)";
        names[4] = "setArbiter(address)";
        names[5] = "setArbitrator(address)";
        names[6] = "setOperator(address)";
        names[7] = "setFeeRecipient(address)";
        names[8] = "migrate(address)";
        names[9] = "upgradeTo(address)";
        names[10] = "upgradeToAndCall(address,bytes)";
        names[11] = "initialize(address)";
        names[12] = "grantRole(bytes32,address)";
        names[13] = "setPermit2(address)";
        names[14] = "setReputation(address)";
        names[15] = "sweep(address)";
    }

    function _transfers() internal pure returns (string[] memory names) {
        names = new string[](7);
        names[0] = "transferFrom(address,address,uint256)";
        names[1] = "transfer(address,uint256)";
        names[2] = "safeTransferFrom(address,address,uint256)";
        names[3] = "safeTransferFrom(address,address,uint256,uint256,bytes)";
        names[4] = "approve(address,uint256)";
        names[5] = "assign(bytes32,address)";
        names[6] = "setBuyer(bytes32,address)";
    }

    /// @dev The slots of implementation, admin and beacon of ERC-1967.
    function _isProxy(address target) internal view returns (bool) {
        bytes32[3] memory slots = [
            bytes32(uint256(keccak256("eip1967.proxy.implementation")) - 1),
            bytes32(uint256(keccak256("eip1967.proxy.admin")) - 1),
            bytes32(uint256(keccak256("eip1967.proxy.beacon")) - 1)
        ];
        for (uint256 i = 0; i < 3; ++i) {
            if (vm.load(target, slots[i]) != 0) return true;
        }
        return false;
    }
}
