// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Puppet} from "./Receivers.sol";

/// @notice A contract wallet that writes down what it is paid, which 2,300 gas are too little for.
contract Wallet is Puppet {
    uint256 public received;

    constructor(address owner) payable Puppet(owner) {}

    receive() external payable {
        received += msg.value;
    }
}
