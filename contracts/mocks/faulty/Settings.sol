// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

/// @notice The faults: an owner changes the fee of deals that are open, moves them to another token, and stops withdrawals.
contract OwnedEscrow {
    address public owner = msg.sender;
    address public token;
    uint256 public feeBps = 250;
    bool public paused;
    mapping(address account => uint256) public held;

    modifier onlyOwner() {
        require(msg.sender == owner, "not the owner");
        _;
    }

    constructor(address token_) {
        token = token_;
    }

    function deposit(uint256 amount) external {
        IERC20(token).transferFrom(msg.sender, address(this), amount);
        held[msg.sender] += amount;
    }

    function release(address seller) external {
        require(!paused, "paused");
        uint256 amount = held[msg.sender];
        held[msg.sender] = 0;
        IERC20(token).transfer(seller, amount - amount * feeBps / 10_000);
    }

    function setFee(uint256 newFeeBps) external onlyOwner {
        feeBps = newFeeBps;
    }

    function setToken(address newToken) external onlyOwner {
        token = newToken;
    }

    function pause() external onlyOwner {
        paused = true;
    }
}

/// @notice The fault: a deal's buyer can be replaced, and nobody asks again who the new one is.
contract TransferableDeal {
    address public buyer;
    address private immutable ARBITER;

    constructor(address arbiter) payable {
        (buyer, ARBITER) = (msg.sender, arbiter);
    }

    function transferFrom(address from, address to, uint256) external {
        require(msg.sender == buyer && from == buyer, "not the buyer");
        buyer = to;
    }

    function rule(bool forBuyer, address payable seller) external {
        require(msg.sender == ARBITER, "not the arbiter");
        (forBuyer ? payable(buyer) : seller).transfer(address(this).balance);
    }
}

/// @notice The fault: a listing is taken by its number, and its seller can change what the number stands for.
contract EditableListing {
    address private immutable SELLER = msg.sender;
    bytes32 public itemHash;
    mapping(address buyer => bytes32) public bought;

    function edit(bytes32 newItemHash) external {
        require(msg.sender == SELLER, "not the seller");
        itemHash = newItemHash;
    }

    function take() external payable {
        bought[msg.sender] = itemHash;
    }
}
