// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Fairhold AuditAnchor
/// @notice A public place to write down how far a log has come. Whoever keeps a log can no longer change what is below an anchor,
/// or cut it off, without it being seen by everyone who compares. No owner, no storage, no money: it only tells.
/// @dev Warning: anybody can anchor anything under any log's name. Who reads must look at `by`, and holds the first of two
/// anchors of one size for the true one.
contract AuditAnchor {
    /// @param by who says so
    /// @param log which log
    /// @param size how many entries it has
    /// @param head the hash of the last of them, which stands for all before it
    event Anchored(address indexed by, bytes32 indexed log, uint256 size, bytes32 head);

    /// @notice Says that the caller's log has `size` entries, the last of which has the hash `head`.
    function anchor(bytes32 log, uint256 size, bytes32 head) external {
        emit Anchored({by: msg.sender, log: log, size: size, head: head});
    }
}
