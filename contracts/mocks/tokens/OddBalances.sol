// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {ReturningToken} from "./BareToken.sol";

/// @notice Keeps a hundredth of every transfer.
contract FeeOnTransferToken is ReturningToken {
    function _move(address from, address to, uint256 amount) internal override {
        super._move(from, to, amount);
        _balances[to] -= amount / 100;
    }
}

/// @notice Its balances can be cut on their own, all by the same share.
contract ShrinkingToken is ReturningToken {
    uint256 public percent = 100;

    function shrinkTo(uint256 newPercent) external {
        percent = newPercent;
    }

    function balanceOf(address account) public view override returns (uint256) {
        return _balances[account] * percent / 100;
    }

    function _move(address from, address to, uint256 amount) internal override {
        super._move(from, to, amount * 100 / percent);
    }
}

/// @notice Claims that the receiver has less after a transfer than before.
contract DisappearingToken is ReturningToken {
    function _move(address from, address to, uint256 amount) internal override {
        super._move(from, to, amount);
        _balances[to] = 0;
    }
}
