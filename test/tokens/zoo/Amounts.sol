// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {ReturningToken} from "../../../contracts/mocks/tokens/BareToken.sol";

/// @notice As ERC-20 asks, in every respect.
contract PlainToken is ReturningToken {}

/// @notice Takes a hundredth of what is sent by `transfer`, nothing of what is pulled.
contract OutgoingFeeToken is ReturningToken {
    function transfer(address to, uint256 amount) external override returns (bool) {
        _move(msg.sender, to, amount);
        _balances[to] -= amount / 100;
        return true;
    }
}

/// @notice Moves more than it was asked to.
contract GenerousToken is ReturningToken {
    uint256 public extra;

    function setExtra(uint256 amount) external {
        extra = amount;
    }

    function _move(address from, address to, uint256 amount) internal override {
        super._move(from, to, amount + extra);
    }
}

/// @notice Moves a unit less than it was asked to.
contract StingyToken is ReturningToken {
    function _move(address from, address to, uint256 amount) internal override {
        super._move(from, to, amount - 1);
    }
}

/// @notice Every balance can be scaled at once, up or down.
contract RebasingToken is ReturningToken {
    uint256 public percent = 100;

    function rebase(uint256 newPercent) external {
        percent = newPercent;
    }

    function balanceOf(address account) public view override returns (uint256) {
        return _balances[account] * percent / 100;
    }

    function _move(address from, address to, uint256 amount) internal override {
        super._move(from, to, amount * 100 / percent);
    }
}

/// @notice Understands the largest number as "all that the sender has".
contract WholeBalanceToken is ReturningToken {
    function transferFrom(address from, address to, uint256 amount) external override returns (bool) {
        if (amount == type(uint256).max) amount = _balances[from];
        _spend(from, amount);
        _move(from, to, amount);
        return true;
    }
}

/// @notice Pays, and says that it did not.
contract DenyingToken is ReturningToken {
    function transfer(address to, uint256 amount) external override returns (bool) {
        _move(msg.sender, to, amount);
        return false;
    }
}
