// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IArbitrator} from "./IArbitrator.sol";

/// @notice How a contract tells a court's jurors what a dispute is about and what each side shows (ERC-1497).
/// @dev https://github.com/ethereum/EIPs/issues/1497
interface IEvidence {
    /// @notice The question, and what each ruling means.
    /// @param evidence URI of a JSON document.
    event MetaEvidence(uint256 indexed metaEvidenceID, string evidence);

    /// @notice A dispute of the court, the question it answers, and the group that its evidence is filed under.
    event Dispute(
        IArbitrator indexed arbitrator, uint256 indexed disputeID, uint256 metaEvidenceID, uint256 evidenceGroupID
    );

    /// @notice Something that a party shows the jurors.
    /// @param evidence URI of a JSON document.
    event Evidence(
        IArbitrator indexed arbitrator, uint256 indexed evidenceGroupID, address indexed party, string evidence
    );
}
