// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {ReturningToken} from "./BareToken.sol";

/// @notice Refuses transfers to and from listed accounts.
contract BlocklistToken is ReturningToken {
    mapping(address account => bool) public blocked;

    error Blocked(address account);

    function setBlocked(address account, bool yes) external {
        blocked[account] = yes;
    }

    function _move(address from, address to, uint256 amount) internal override {
        if (blocked[from]) revert Blocked(from);
        if (blocked[to]) revert Blocked(to);
        super._move(from, to, amount);
    }
}

/// @notice Can be stopped altogether.
contract PausableToken is ReturningToken {
    bool public paused;

    error Paused();

    function pause(bool yes) external {
        paused = yes;
    }

    function _move(address from, address to, uint256 amount) internal override {
        if (paused) revert Paused();
        super._move(from, to, amount);
    }
}

/// @notice Told of money that moves.
interface IMoneyHook {
    function onMoney() external;
}

/// @notice Tells receivers and senders with code of each transfer, in its middle, as ERC-777 does.
contract HookedToken is ReturningToken {
    function _move(address from, address to, uint256 amount) internal override {
        super._move(from, to, amount);
        if (_wants(from)) IMoneyHook(from).onMoney();
        if (_wants(to)) IMoneyHook(to).onMoney();
    }

    mapping(address account => bool) private _registered;

    /// @notice The caller wants to be told.
    function register() external {
        _registered[msg.sender] = true;
    }

    function _wants(address account) private view returns (bool) {
        return _registered[account];
    }
}
