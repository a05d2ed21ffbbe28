// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {ReturningToken} from "../../../contracts/mocks/tokens/BareToken.sol";

/// @notice What a liar says of balances.
enum Lie {
    None,
    Nothing,
    Double,
    Refusal,
    Endless,
    Megabyte
}

/// @notice Tells its victim something else about balances than everybody else.
contract LyingToken is ReturningToken {
    address private immutable VICTIM;
    Lie public lie;

    error WillNotSay();

    constructor(address victim) {
        VICTIM = victim;
    }

    function tell(Lie next) external {
        lie = next;
    }

    function balanceOf(address account) public view override returns (uint256 held) {
        held = _balances[account];
        Lie told = msg.sender == VICTIM ? lie : Lie.None;
        if (told == Lie.Nothing) return 0;
        if (told == Lie.Double) return 2 * held;
        if (told == Lie.Refusal) revert WillNotSay();
        if (told == Lie.Endless) _burnGas();
        if (told == Lie.Megabyte) {
            assembly {
                mstore(0, held)
                return(0, 1000000)
            }
        }
    }

    function _burnGas() private pure {
        assembly ("memory-safe") {
            invalid()
        }
    }
}

/// @notice A transfer out of it burns all the gas there is.
contract GasBurningToken is ReturningToken {
    bool public burns;

    function burn(bool yes) external {
        burns = yes;
    }

    function transfer(address to, uint256 amount) external override returns (bool) {
        if (burns) {
            assembly ("memory-safe") {
                invalid()
            }
        }
        _move(msg.sender, to, amount);
        return true;
    }
}

/// @notice Sends coins to whoever moves it, plainly or together with a call.
contract CoinSendingToken is ReturningToken {
    bytes public data;
    bool public sends;

    error CoinsNotTaken();

    function send(bool yes, bytes calldata with) external {
        (sends, data) = (yes, with);
    }

    function transferFrom(address from, address to, uint256 amount) external override returns (bool) {
        _spend(from, amount);
        _move(from, to, amount);
        _sendCoins();
        return true;
    }

    function transfer(address to, uint256 amount) external override returns (bool) {
        _move(msg.sender, to, amount);
        _sendCoins();
        return true;
    }

    function _sendCoins() private {
        if (!sends) return;
        (bool taken, bytes memory reason) = msg.sender.call{value: 1 ether}(data);
        if (taken) return;
        if (reason.length == 0) revert CoinsNotTaken();
        assembly ("memory-safe") {
            revert(add(reason, 32), mload(reason))
        }
    }
}
