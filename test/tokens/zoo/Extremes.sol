// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {ReturningToken} from "../../../contracts/mocks/tokens/BareToken.sol";

/// @notice Keeps amounts in 96 bits and refuses greater ones, in approvals too.
contract Uint96Token is ReturningToken {
    error ExceedsUint96(uint256 amount);

    function approve(address spender, uint256 amount) external override returns (bool) {
        _requireSmall(amount);
        allowance[msg.sender][spender] = amount;
        return true;
    }

    function _move(address from, address to, uint256 amount) internal override {
        _requireSmall(amount);
        super._move(from, to, amount);
    }

    function _requireSmall(uint256 amount) private pure {
        if (amount > type(uint96).max) revert ExceedsUint96(amount);
    }
}

/// @notice Has as many decimals as it is made with.
contract DecimalsToken is ReturningToken {
    uint8 public immutable decimals;

    constructor(uint8 places) {
        decimals = places;
    }
}

/// @notice Its name and symbol are words and not strings.
contract WordNamesToken is ReturningToken {
    bytes32 public constant name = "Old Token";
    bytes32 public constant symbol = "OLD";
}

/// @notice An allowance can be changed only from zero or to zero.
contract ApprovalRaceToken is ReturningToken {
    error ResetFirst(uint256 allowed);

    function approve(address spender, uint256 amount) external override returns (bool) {
        uint256 allowed = allowance[msg.sender][spender];
        if (allowed != 0 && amount != 0) revert ResetFirst(allowed);
        allowance[msg.sender][spender] = amount;
        return true;
    }
}

/// @notice Lends any amount out of nothing for the length of one call.
contract FlashMintToken is ReturningToken {
    error NotReturned(uint256 has, uint256 lent);

    function flash(address borrower, uint256 amount, address target, bytes[] calldata calls) external {
        _balances[borrower] += amount;
        for (uint256 i = 0; i < calls.length; ++i) {
            IBorrower(borrower).act(target, calls[i]);
        }
        if (_balances[borrower] < amount) revert NotReturned(_balances[borrower], amount);
        _balances[borrower] -= amount;
    }
}

/// @notice Does as the lender says.
interface IBorrower {
    function act(address target, bytes calldata data) external payable returns (bytes memory);
}
