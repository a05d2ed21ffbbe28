// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {BareToken, ReturningToken} from "./BareToken.sol";

/// @notice Returns nothing from transfers, as the oldest stablecoins do.
contract MissingReturnToken is BareToken {
    function transfer(address to, uint256 amount) external {
        _move(msg.sender, to, amount);
    }

    function transferFrom(address from, address to, uint256 amount) external {
        _spend(from, amount);
        _move(from, to, amount);
    }
}

/// @notice Says false where others revert: always when told to refuse.
contract FalseReturnToken is ReturningToken {
    bool public refuses;

    function refuse(bool yes) external {
        refuses = yes;
    }

    function transfer(address to, uint256 amount) external override returns (bool) {
        if (refuses) return false;
        _move(msg.sender, to, amount);
        return true;
    }

    function transferFrom(address from, address to, uint256 amount) external override returns (bool) {
        if (refuses) return false;
        _spend(from, amount);
        _move(from, to, amount);
        return true;
    }
}

/// @notice Has a permit function that succeeds and does nothing, as a fallback function may.
contract IdlePermitToken is ReturningToken {
    fallback() external {}
}

/// @notice Refuses to move nothing.
contract NonZeroToken is ReturningToken {
    error NothingToMove();

    function _move(address from, address to, uint256 amount) internal override {
        if (amount == 0) revert NothingToMove();
        super._move(from, to, amount);
    }
}

/// @notice Answers a failing transfer with a megabyte of reason.
contract LoudToken is ReturningToken {
    bool public loud;

    function shout(bool yes) external {
        loud = yes;
    }

    function transfer(address to, uint256 amount) external override returns (bool) {
        if (loud) {
            assembly ("memory-safe") {
                revert(0, 1000000)
            }
        }
        _move(msg.sender, to, amount);
        return true;
    }
}
