// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {ReturningToken} from "../../../contracts/mocks/tokens/BareToken.sol";

/// @notice A token behind a proxy, whose code can be exchanged while deals are open.
contract UpgradableToken {
    /// @dev Far from the balances, which the code behind the proxy keeps in the first slots.
    uint256 private constant CODE_SLOT = uint256(keccak256("zoo.upgradable.code"));

    constructor(address code) {
        upgradeTo(code);
    }

    function upgradeTo(address code) public {
        uint256 slot = CODE_SLOT;
        assembly ("memory-safe") {
            sstore(slot, code)
        }
    }

    fallback() external {
        uint256 slot = CODE_SLOT;
        assembly {
            calldatacopy(0, 0, calldatasize())
            let done := delegatecall(gas(), sload(slot), 0, calldatasize(), 0, 0)
            returndatacopy(0, 0, returndatasize())
            if iszero(done) { revert(0, returndatasize()) }
            return(0, returndatasize())
        }
    }
}

/// @notice Moves nothing any more, and says so.
contract FrozenCode is ReturningToken {
    error Frozen();

    function _move(address, address, uint256 amount) internal pure override {
        if (amount != 0) revert Frozen();
    }
}

/// @notice Moves nothing any more, and says that it did.
contract DeceivingCode is ReturningToken {
    function _move(address, address, uint256) internal override {}
}

/// @notice A token whose balances a second contract moves too.
contract TwinToken is ReturningToken {
    address public immutable SECOND = address(new SecondFace(this));

    error OnlySecond(address caller);

    /// @notice What the second face was asked to do by `caller`.
    function moveFor(address caller, address from, address to, uint256 amount) external returns (bool) {
        if (msg.sender != SECOND) revert OnlySecond(msg.sender);
        if (caller != from) {
            if (allowance[from][caller] < amount) revert NotAllowed(caller, allowance[from][caller], amount);
            allowance[from][caller] -= amount;
        }
        _move(from, to, amount);
        return true;
    }

    /// @notice As `approve`, through the second face.
    function approveFor(address caller, address spender, uint256 amount) external returns (bool) {
        if (msg.sender != SECOND) revert OnlySecond(msg.sender);
        allowance[caller][spender] = amount;
        return true;
    }
}

/// @notice The other address of the same money.
contract SecondFace {
    TwinToken private immutable FIRST;

    constructor(TwinToken first) {
        FIRST = first;
    }

    function balanceOf(address account) external view returns (uint256) {
        return FIRST.balanceOf(account);
    }

    function approve(address spender, uint256 amount) external returns (bool) {
        return FIRST.approveFor(msg.sender, spender, amount);
    }

    function transfer(address to, uint256 amount) external returns (bool) {
        return FIRST.moveFor(msg.sender, msg.sender, to, amount);
    }

    function transferFrom(address from, address to, uint256 amount) external returns (bool) {
        return FIRST.moveFor(msg.sender, from, to, amount);
    }
}
