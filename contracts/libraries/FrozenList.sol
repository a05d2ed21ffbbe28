// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

/// @notice A list of accounts kept as the code of a contract: written once, never changed, and cheap to read as a whole.
library FrozenList {
    error FreezeFailed();

    /// @dev The code that returns what follows it as the new contract's code: PUSH2 length, DUP1, PUSH1 10, RETURNDATASIZE,
    /// CODECOPY, RETURNDATASIZE, RETURN. What it returns begins with STOP, so that nobody can run it.
    function freeze(address[] memory accounts) internal returns (address list) {
        uint256 length = accounts.length;
        bytes memory packed = new bytes(length * 20);
        for (uint256 i = 0; i < length; ++i) {
            bytes20 account = bytes20(accounts[i]);
            // Memory-safe: the 12 bytes after the account, which may lie beyond `packed`, are written back as they were.
            assembly ("memory-safe") {
                let at := add(add(packed, 0x20), mul(i, 20))
                mstore(at, or(account, and(mload(at), 0xffffffffffffffffffffffff)))
            }
        }
        bytes memory code =
            bytes.concat(hex"61", bytes2(uint16(packed.length + 1)), hex"80600a3d393df300", packed);
        assembly ("memory-safe") {
            list := create(0, add(code, 0x20), mload(code))
        }
        if (list == address(0)) revert FreezeFailed();
    }

    function read(address list) internal view returns (address[] memory accounts) {
        bytes memory code = list.code;
        accounts = new address[]((code.length - 1) / 20);
        for (uint256 i = 0; i < accounts.length; ++i) {
            address account;
            // Reads within `code`: entry i lies 1 + 20i bytes after its length word, and 12 bytes before its word's end.
            assembly ("memory-safe") {
                account := shr(96, mload(add(add(code, 0x21), mul(i, 20))))
            }
            accounts[i] = account;
        }
    }
}
