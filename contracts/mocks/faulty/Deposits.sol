// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";

/// @notice The fault: what arrived is measured around a transfer during which one can deposit again.
contract DeltaEscrow {
    mapping(uint256 id => uint256) public held;

    function deposit(uint256 id, address token, uint256 amount) external {
        uint256 before = IERC20(token).balanceOf(address(this));
        IERC20(token).transferFrom(msg.sender, address(this), amount);
        held[id] += IERC20(token).balanceOf(address(this)) - before;
    }
}

/// @notice The fault: what is withdrawn stays credited.
contract ForgetfulEscrow {
    mapping(address token => mapping(address account => uint256)) public creditOf;

    function deposit(address token, uint256 amount) external {
        IERC20(token).transferFrom(msg.sender, address(this), amount);
        creditOf[token][msg.sender] += amount;
    }

    function withdraw(address token, address to) external {
        IERC20(token).transfer(to, creditOf[token][msg.sender]);
    }
}

/// @notice The fault: a call to an address without code, or to one that moves nothing, counts as a payment; coins sent along
/// stay.
contract LowLevelEscrow {
    mapping(address account => uint256) public held;

    function deposit(address token, uint256 amount) external payable {
        (bool done,) = token.call(abi.encodeCall(IERC20.transferFrom, (msg.sender, address(this), amount)));
        require(done, "transfer failed");
        held[msg.sender] += amount;
    }
}

/// @notice The fault: what was asked for counts, not what arrived.
contract TrustingEscrow {
    mapping(address token => uint256) public owed;

    function deposit(address token, uint256 amount) external {
        IERC20(token).transferFrom(msg.sender, address(this), amount);
        owed[token] += amount;
    }
}

/// @notice The fault: a permit that somebody used first ends the call.
contract StrictPermitEscrow {
    function deposit(address token, uint256 amount, uint256 deadline, uint8 v, bytes32 r, bytes32 s) external {
        IERC20Permit(token).permit(msg.sender, address(this), amount, deadline, v, r, s);
        IERC20(token).transferFrom(msg.sender, address(this), amount);
    }
}
