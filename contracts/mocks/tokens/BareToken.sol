// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

/// @notice Balances and allowances with no opinion about return values: what the misbehaving tokens are made of.
abstract contract BareToken {
    mapping(address account => uint256) internal _balances;
    mapping(address owner => mapping(address spender => uint256)) public allowance;

    error NotEnough(address account, uint256 has, uint256 needs);
    error NotAllowed(address spender, uint256 allowed, uint256 needs);

    function mint(address to, uint256 amount) external {
        _balances[to] += amount;
    }

    function approve(address spender, uint256 amount) external virtual returns (bool) {
        allowance[msg.sender][spender] = amount;
        return true;
    }

    function balanceOf(address account) public view virtual returns (uint256) {
        return _balances[account];
    }

    function _move(address from, address to, uint256 amount) internal virtual {
        if (_balances[from] < amount) revert NotEnough(from, _balances[from], amount);
        _balances[from] -= amount;
        _balances[to] += amount;
    }

    function _spend(address from, uint256 amount) internal {
        uint256 allowed = allowance[from][msg.sender];
        if (allowed < amount) revert NotAllowed(msg.sender, allowed, amount);
        allowance[from][msg.sender] = allowed - amount;
    }
}

/// @notice A bare token that answers transfers as ERC-20 asks. Each misbehaviour below departs from it in one way.
abstract contract ReturningToken is BareToken {
    function transfer(address to, uint256 amount) external virtual returns (bool) {
        _move(msg.sender, to, amount);
        return true;
    }

    function transferFrom(address from, address to, uint256 amount) external virtual returns (bool) {
        _spend(from, amount);
        _move(from, to, amount);
        return true;
    }
}
