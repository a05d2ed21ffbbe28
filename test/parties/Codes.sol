// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

/// @dev Whom a contract that destroys itself leaves its coins to.
address constant HEIR = address(0x4E18);

/// @notice Code that may stand at a party's address when it is paid. None of it keeps anything in storage that an account
/// without code would lack, so it can come and go in the middle of a deal, as a delegation by EIP-7702 does.
contract RefusingCode {
    error NoThanks();

    receive() external payable {
        revert NoThanks();
    }
}

/// @notice Burns whatever gas comes with a payment.
contract BurningCode {
    receive() external payable {
        assembly ("memory-safe") {
            invalid()
        }
    }
}

/// @notice Answers a payment with a megabyte.
contract ShoutingCode {
    receive() external payable {
        assembly ("memory-safe") {
            return(0, 1000000)
        }
    }
}

/// @notice Refuses a payment with as long a reason as its gas buys.
contract LongRefusalCode {
    receive() external payable {
        assembly ("memory-safe") {
            revert(0, 100000)
        }
    }
}

/// @notice Takes a payment and destroys itself, with all it has, in favour of an heir.
contract DyingCode {
    receive() external payable {
        selfdestruct(payable(HEIR));
    }
}

/// @notice Takes a payment and tries to withdraw in its middle.
contract ReenteringCode {
    address private immutable ESCROW;

    error CameThrough();

    constructor(address escrow) {
        ESCROW = escrow;
    }

    receive() external payable {
        (bool done,) = ESCROW.call(abi.encodeWithSignature("withdraw(address,address)", address(0), address(this)));
        if (done) revert CameThrough();
    }
}

/// @notice Takes a payment with about 90,000 gas of work, as a careful wallet may.
contract DiligentCode {
    uint256[4] private _notes;

    receive() external payable {
        for (uint256 i = 0; i < 4; ++i) {
            _notes[i] = msg.value;
        }
    }
}

/// @notice Takes a payment only if enough gas came with it, and leaves that gas alone otherwise.
contract ThriftyCode {
    error TooLittleGas(uint256 given);

    receive() external payable {
        if (gasleft() < 90_000) revert TooLittleGas(gasleft());
    }
}
