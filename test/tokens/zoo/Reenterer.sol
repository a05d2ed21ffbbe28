// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Puppet} from "../../../contracts/mocks/parties/Receivers.sol";

/// @notice When money moves from or to it, makes one call, and remembers how that went.
/// @dev What to call is kept as the code of another address, because storage would cost more than the gas that comes with
/// a payment in coins.
contract Reenterer is Puppet {
    address public constant SCRIPT = address(0x5C217);

    address private immutable TARGET;
    /// Whether it was tried, whether it succeeded, and the first four bytes of the answer: one slot, for the same reason.
    bool public tried;
    bool public succeeded;
    bytes4 public answer;

    constructor(address owner, address target) payable Puppet(owner) {
        TARGET = target;
    }

    receive() external payable {
        _again();
    }

    function onMoney() external {
        _again();
    }

    function _again() private {
        if (tried || SCRIPT.code.length == 0) return;
        (bool done, bytes memory result) = TARGET.call(SCRIPT.code);
        (tried, succeeded, answer) = (true, done, bytes4(result));
    }
}

/// @notice Burns all the gas of a token's notice that money moved.
contract BurningHook {
    function onMoney() external pure {
        assembly ("memory-safe") {
            invalid()
        }
    }
}
