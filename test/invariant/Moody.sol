// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {ReturningToken} from "../../contracts/mocks/tokens/BareToken.sol";

/// @notice A token that stops whom it likes, or everybody.
contract MoodyToken is ReturningToken {
    mapping(address account => bool) public blocked;
    bool public paused;

    error NotNow();

    function setBlocked(address account, bool yes) external {
        blocked[account] = yes;
    }

    function pause(bool yes) external {
        paused = yes;
    }

    function _move(address from, address to, uint256 amount) internal override {
        if (paused || blocked[from] || blocked[to]) revert NotNow();
        super._move(from, to, amount);
    }
}
