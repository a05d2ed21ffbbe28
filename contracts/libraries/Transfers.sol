// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {IEscrowErrors} from "../interfaces/IEscrowErrors.sol";

/// @notice Moves money out without letting the recipient break the caller.
library Transfers {
    using SafeERC20 for IERC20;

    /// @dev Enough for a Safe or any other contract wallet to take a payment, too little to empty the sender of gas.
    uint256 internal constant PAYOUT_GAS = 100_000;

    /// @notice Sends, and says whether it worked. Never reverts on the recipient's account.
    function trySend(address token, address to, uint256 amount) internal returns (bool) {
        return token == address(0) ? _sendNative(to, amount, PAYOUT_GAS) : IERC20(token).trySafeTransfer(to, amount);
    }

    /// @notice As `trySend`, with all the gas there is: for a recipient who asks for its own money.
    function trySendFreely(address token, address to, uint256 amount) internal returns (bool) {
        return token == address(0) ? _sendNative(to, amount, gasleft()) : IERC20(token).trySafeTransfer(to, amount);
    }

    /// @notice What this contract holds of a token.
    /// @dev Assembly, because a high-level call would not say what is wrong with an address that is no token. Memory-safe: only
    /// the scratch space is used.
    function balanceOf(address token) internal view returns (uint256 held) {
        bytes4 selector = IERC20.balanceOf.selector;
        bool answered;
        assembly ("memory-safe") {
            mstore(0x00, selector)
            mstore(0x04, address())
            answered := staticcall(gas(), token, 0x00, 0x24, 0x00, 0x20)
            answered := and(answered, gt(returndatasize(), 0x1f))
            held := mload(0x00)
        }
        if (!answered) revert IEscrowErrors.NotAToken(token);
    }

    /// @dev Assembly, because a high-level call would copy whatever the recipient returns into our memory, at our cost.
    /// Memory-safe: no memory is read or written.
    function _sendNative(address to, uint256 amount, uint256 gasLimit) private returns (bool sent) {
        assembly ("memory-safe") {
            sent := call(gasLimit, to, amount, 0, 0, 0, 0)
        }
    }
}
