// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

/// @notice The fault: it pays first and remembers afterwards.
contract LateWriter {
    mapping(address seller => uint256) public due;

    function deposit(address token, uint256 amount, address seller) external {
        IERC20(token).transferFrom(msg.sender, address(this), amount);
        due[seller] += amount;
    }

    function pay(address token, address seller) external {
        require(IERC20(token).transfer(seller, due[seller]), "transfer failed");
        due[seller] = 0;
    }
}

/// @notice The fault: the fee is paid where the buyer releases, and forgotten where the seller claims.
contract FeeTrap {
    uint256 private constant FEE_BPS = 250;

    function release(address token, uint256 amount, address seller, address operator) external {
        IERC20(token).transfer(seller, amount - amount * FEE_BPS / 10_000);
        IERC20(token).transfer(operator, amount * FEE_BPS / 10_000);
    }

    function claim(address token, uint256 amount, address seller) external {
        IERC20(token).transfer(seller, amount - amount * FEE_BPS / 10_000);
    }
}

/// @notice The fault: each part's fee is rounded down alone.
contract FeePerPart {
    uint256 public fees;

    function releasePart(uint256 amount) external {
        fees += amount * 250 / 10_000;
    }
}

/// @notice The fault: it demands an answer that old tokens do not give.
contract StrictReturnEscrow {
    function pay(address token, address to, uint256 amount) external {
        require(IERC20(token).transfer(to, amount), "transfer failed");
    }
}

/// @notice The fault: it pays coins with 2,300 gas, and loses them or the whole call.
contract StipendEscrow {
    function paySilently(address payable to) external payable {
        bool sent = to.send(msg.value);
        sent;
    }

    function payLoudly(address payable to) external payable {
        to.transfer(msg.value);
    }
}

/// @notice The faults: nobody is paid where one recipient refuses, and a balance that is not exactly what is owed stops all.
contract PushEscrow {
    uint256 public owed;

    function deposit(address token, uint256 amount) external {
        IERC20(token).transferFrom(msg.sender, address(this), amount);
        owed += amount;
    }

    function split(address token, address a, address b) external {
        require(IERC20(token).balanceOf(address(this)) == owed, "balance is off");
        (uint256 half, uint256 rest) = (owed / 2, owed - owed / 2);
        owed = 0;
        IERC20(token).transfer(a, half);
        IERC20(token).transfer(b, rest);
    }
}

/// @notice The fault: a recipient gets all the gas there is, and its answer is copied.
contract GenerousEscrow {
    bytes public lastAnswer;

    function pay(address to) external payable {
        (bool sent, bytes memory answer) = to.call{value: msg.value}("");
        if (!sent) lastAnswer = answer;
    }
}
