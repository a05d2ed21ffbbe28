// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

/// @notice A contract that trades: its owner makes it call anything, and it signs by ERC-1271 with the owner's key.
contract Puppet {
    /// @dev bytes4(keccak256("isValidSignature(bytes32,bytes)")).
    bytes4 private constant VALID = 0x1626ba7e;

    address private immutable OWNER;

    constructor(address owner) payable {
        OWNER = owner;
    }

    /// @notice Calls `target` with what was sent along, and passes on what it reverts with.
    function act(address target, bytes calldata data) external payable returns (bytes memory) {
        (bool done, bytes memory result) = target.call{value: msg.value}(data);
        if (!done) {
            assembly ("memory-safe") {
                revert(add(result, 32), mload(result))
            }
        }
        return result;
    }

    function isValidSignature(bytes32 digest, bytes calldata signature) external view virtual returns (bytes4) {
        if (signature.length != 65) return 0xffffffff;
        address signer =
            ecrecover(digest, uint8(signature[64]), bytes32(signature[:32]), bytes32(signature[32:64]));
        return signer == OWNER ? VALID : bytes4(0xffffffff);
    }
}

/// @notice Refuses the chain's coin, until it is told to accept.
contract RefusingParty is Puppet {
    bool public accepts;

    error NoThanks();

    constructor(address owner) payable Puppet(owner) {}

    function accept(bool yes) external {
        accepts = yes;
    }

    receive() external payable {
        if (!accepts) revert NoThanks();
    }
}

/// @notice Burns whatever gas comes with a payment.
contract BurningParty is Puppet {
    uint256 private _sink;

    constructor(address owner) payable Puppet(owner) {}

    receive() external payable {
        while (true) ++_sink;
    }
}

/// @notice Answers a payment with a megabyte.
contract ShoutingParty is Puppet {
    constructor(address owner) payable Puppet(owner) {}

    receive() external payable {
        assembly ("memory-safe") {
            return(0, 1000000)
        }
    }
}

/// @notice Refuses a payment with as much reason as its gas buys.
contract ShoutingRefuser is Puppet {
    constructor(address owner) payable Puppet(owner) {}

    receive() external payable {
        assembly ("memory-safe") {
            revert(0, 100000)
        }
    }
}

/// @notice Tries one more call at the moment it is paid, and remembers how that went.
contract ReenteringParty is Puppet {
    address private _target;
    bytes private _data;
    bool private _armed;
    bool public tried;
    bool public succeeded;
    bytes public answer;

    constructor(address owner) payable Puppet(owner) {}

    function arm(address target, bytes calldata data) external {
        (_target, _data, _armed) = (target, data, true);
    }

    receive() external payable {
        _again();
    }

    function onMoney() external {
        _again();
    }

    function _again() private {
        if (!_armed) return;
        (_armed, tried) = (false, true);
        (succeeded, answer) = _target.call(_data);
    }
}

/// @notice Code without ERC-1271, such as a plain wallet may delegate to by EIP-7702.
contract PlainDelegate {
    receive() external payable {}
}
