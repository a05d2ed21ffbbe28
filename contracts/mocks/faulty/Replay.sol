// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

/// @notice The faults: what is signed names neither chain nor contract nor deal's terms, a spent signature is known by its
/// bytes, and nobody is a signer like any other.
contract BareMessage {
    mapping(bytes32 => bool) public spent;
    mapping(uint256 id => uint256) public paid;

    function release(uint256 id, address buyer, bytes32 r, bytes32 s, uint8 v) external {
        bytes32 digest = keccak256(abi.encodePacked(id, uint8(1)));
        bytes32 used = keccak256(abi.encodePacked(r, s, v));
        require(!spent[used], "spent");
        require(ecrecover(digest, v, r, s) == buyer, "wrong signature");
        spent[used] = true;
        ++paid[id];
    }
}

/// @notice The fault: a list is hashed as the ABI lays it out, which no wallet does; EIP-712 wants the hash of its members.
contract RawList {
    bytes32 private constant TYPEHASH = keccak256("Payouts(uint256[] amounts)");

    function structHash(uint256[] calldata amounts) external pure returns (bytes32) {
        return keccak256(abi.encode(TYPEHASH, amounts));
    }
}

/// @notice The fault: the counter goes up by one, so an offer can be signed for a counter that is still to come.
contract StepCounter {
    mapping(address maker => uint256) public counterOf;

    function cancelAllOffers() external {
        ++counterOf[msg.sender];
    }

    function take(address maker, uint256 counter, bytes32 r, bytes32 s, uint8 v) external view {
        require(counter == counterOf[maker], "cancelled");
        require(ecrecover(keccak256(abi.encode(address(this), counter)), v, r, s) == maker, "wrong signature");
    }
}

/// @notice The fault: each side pays what the court costs at that moment, the court is paid what it costs at the end, and
/// nobody gets change.
contract TwoDeposits {
    uint256 public cost;
    mapping(address payer => uint256) public paid;
    bool public raised;

    function setCost(uint256 newCost) external {
        cost = newCost;
    }

    function deposit(address other) external payable {
        require(msg.value >= cost, "too little");
        paid[msg.sender] += msg.value;
        if (paid[other] == 0) return;
        require(paid[other] >= cost, "the other side has to pay more");
        raised = true;
    }
}
