// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

/// @notice The fault: a part is measured against the whole, not against what is left.
contract PerCallLimit {
    uint256 private immutable PRICE;

    constructor(uint256 price) {
        PRICE = price;
    }

    function payOut(address token, address to, uint256 amount) external {
        require(amount <= PRICE, "too much");
        IERC20(token).transfer(to, amount);
    }
}

/// @notice The fault: a court that refuses to decide leaves the goods' price with the seller and refunds the buyer as well.
contract DoubleKeeper {
    function rule(address token, uint256 price, address buyer, address seller, uint256 choice) external {
        if (choice != 1) IERC20(token).transfer(buyer, price);
        if (choice != 2) IERC20(token).transfer(seller, price);
    }
}

/// @notice The fault: the branch of a ruling does not ask whether the money has left.
contract WrongBranch {
    bool public released;

    function release(address token, address seller, uint256 amount) external {
        require(!released, "released");
        released = true;
        IERC20(token).transfer(seller, amount);
    }

    function rule(address token, address buyer, uint256 amount) external {
        IERC20(token).transfer(buyer, amount);
    }
}

/// @notice The fault: at the deadline itself the buyer may still dispute and the seller may already claim.
contract RacyEscrow {
    uint256 private immutable DEADLINE;
    bool public over;

    constructor(uint256 deadline) {
        DEADLINE = deadline;
    }

    function dispute() external {
        require(!over && block.timestamp <= DEADLINE, "late");
        over = true;
    }

    function claim() external {
        require(!over && block.timestamp >= DEADLINE, "early");
        over = true;
    }
}

/// @notice The fault: nothing but the arbiter's word ends a dispute.
contract EndlessDispute {
    address private immutable ARBITER;

    constructor(address arbiter) payable {
        ARBITER = arbiter;
    }

    function rule(address payable winner) external {
        require(msg.sender == ARBITER, "not the arbiter");
        winner.transfer(address(this).balance);
    }
}

/// @notice The fault: the buyer alone names the arbiter when it pays.
contract BuyersArbiter {
    address public arbiter;

    function open(address arbiter_) external payable {
        arbiter = arbiter_;
    }

    function rule(address payable winner) external {
        require(msg.sender == arbiter, "not the arbiter");
        winner.transfer(address(this).balance);
    }
}
