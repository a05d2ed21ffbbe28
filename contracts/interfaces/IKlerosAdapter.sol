// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {DealState} from "../types/DealState.sol";
import {Terms} from "../types/Terms.sol";
import {IEscrow} from "./IEscrow.sol";
import {IArbitrable} from "./external/IArbitrable.sol";
import {IArbitrator} from "./external/IArbitrator.sol";
import {IEvidence} from "./external/IEvidence.sol";

/// @title A court as the arbiter of a deal
/// @notice Deals whose `terms.arbiter` is this contract are decided by an existing ERC-792 court, as Kleros is. One
/// adapter speaks to one court with one `extraData`; another court is another adapter.
///
/// INVARIANTS
/// - A deal has at most one dispute in the court, and a dispute at most one ruling.
/// - What this contract holds of a token is at least what it owes in credits and in fees that it collected.
/// - The court is paid out of what the caller sent, never out of what this contract holds for others.
///
/// ASSUMPTIONS
/// - The court is the one both parties chose: what it rules is carried out. All else it might do (reenter, name absurd costs,
///   use an id twice, rule twice) is refused, or hurts nobody but who called.
///
/// LIVENESS
/// - The court's `rule` succeeds whatever became of the deal. Carrying the ruling out is another call, which anyone may make.
/// - The deal's deadline stands: a court that has not ruled by then, or whose ruling nobody carried out by then, has stayed
///   silent, and either party can end the deal with the award that the terms name for that.
/// - Who refuses a payment is credited.
///
/// ROLES
/// - None. Court, extraData and escrow are fixed when the contract is made.
///
/// ROUNDING
/// - Shares of the arbiter's fee round down. Of a fee that several paid for, less than one base unit for each stays behind.
interface IKlerosAdapter is IArbitrable, IEvidence {
    /// @notice What became of a deal in the court.
    struct Case {
        /// Who brought the deal before the court; zero if nobody did.
        address requester;
        /// Whether the court gave its final ruling.
        bool ruled;
        /// The ruling, 0 to CHOICES.
        uint8 choice;
        /// Whether the arbiter's fee is in this contract, so that `fee` is what can be shared out.
        bool collected;
        uint256 disputeID;
        /// What the court was paid for this deal in all, in wei.
        uint128 paid;
        /// What the deal gave its arbiter, in the deal's token. Zero until the ruling was carried out.
        uint128 fee;
    }

    /// @param deadline Last second for carrying out a ruling. A court may need longer: then the silent award holds.
    event RulingRequested(
        bytes32 indexed dealId, uint256 indexed disputeID, address indexed payer, uint256 cost, uint40 deadline
    );
    event RulingAppealed(
        bytes32 indexed dealId, uint256 indexed disputeID, address indexed payer, uint256 cost, uint40 deadline
    );
    /// @dev Before the escrow is asked, so that a ruling that comes too late is on record as well.
    event RulingRecorded(bytes32 indexed dealId, uint256 indexed disputeID, uint8 choice);
    event RulingExecuted(bytes32 indexed dealId, uint256 indexed disputeID, uint8 choice, uint16 buyerBps);
    event Reimbursed(bytes32 indexed dealId, address indexed payer, address token, uint256 amount);
    event Credited(address indexed token, address indexed account, uint256 amount);
    event Withdrawn(address indexed token, address indexed account, address to, uint256 amount);

    error NoContract(address account);
    error NotTheArbiter(address arbiter);
    error NotDisputed(bytes32 dealId, DealState current);
    error TooLate(uint256 current, uint256 deadline);
    error AlreadyRequested(bytes32 dealId, uint256 disputeID);
    /// @dev The court's price may have risen since it was quoted: `cost` is what it asks now.
    error CostNotMet(uint256 sent, uint256 cost);
    error DisputeIdReused(uint256 disputeID, bytes32 dealId);
    error NotTheCourt(address caller, address court);
    error UnknownDispute(uint256 disputeID);
    error AlreadyRuled(uint256 disputeID, uint256 choice);
    error NoRuling(bytes32 dealId);
    error NotAParty(address account);
    error NothingToReimburse(bytes32 dealId, address payer);
    error UnexpectedCoins(address sender, uint256 amount);
    error NothingToWithdraw(address token, address account);
    error WithdrawFailed(address token, address to, uint256 amount);

    /// @notice Brings a disputed deal before the court. Anyone may, once a deal.
    /// @dev Send at least what `requestCost` says; the court gets exactly what it asks at that moment, the rest comes back.
    /// @return disputeID The court's number for it.
    /// @return deadline Last second for carrying out a ruling.
    function requestRuling(Terms calldata terms) external payable returns (uint256 disputeID, uint256 deadline);

    /// @notice Appeals a ruling that is not final. Anyone may, while the court allows it and the deal's time is not over.
    /// @dev Send at least what `appealCost` says; the rest comes back.
    function appeal(uint256 disputeID) external payable;

    /// @notice A party of a disputed deal shows the jurors something.
    /// @dev Parties only: what stands in the group is what jurors have to read, and who else knows something can tell it
    /// to a party.
    /// @param evidence URI of an ERC-1497 evidence document.
    function submitEvidence(Terms calldata terms, string calldata evidence) external;

    /// @notice Carries out the court's ruling on the escrow. Anyone may call.
    /// @dev Where the deal has ended or its time is over this reverts with the escrow's own error, which says so.
    function execute(Terms calldata terms) external;

    /// @notice Pays who paid the court out of the arbiter's fee of the deal, each in proportion. Anyone may call, for each payer
    /// once, after the ruling was carried out.
    function reimburse(Terms calldata terms, address payer) external;

    /// @notice Sends what is credited to the caller to an address the caller names.
    function withdraw(address token, address to) external;

    function ESCROW() external view returns (IEscrow);
    function COURT() external view returns (IArbitrator);

    /// @notice Rulings beside 0: 1 all to the buyer, 2 all to the seller, 3 half to each, 4 three quarters to the buyer, 5 a
    /// quarter to the buyer. 0, the court refused to decide: the award that the terms name for a silent arbiter.
    function CHOICES() external view returns (uint256);

    /// @notice Which of the court's panels decides, in the court's own encoding.
    function extraData() external view returns (bytes memory);

    /// @notice What `requestRuling` costs now.
    function requestCost() external view returns (uint256);

    /// @notice What `appeal` costs now.
    function appealCost(uint256 disputeID) external view returns (uint256);

    /// @notice What a ruling gives the buyer of a deal, in basis points.
    function buyerBpsOf(Terms calldata terms, uint256 choice) external view returns (uint16);

    function caseOf(bytes32 dealId) external view returns (Case memory);
    function dealOf(uint256 disputeID) external view returns (bytes32 dealId);

    /// @notice What an account paid the court for a deal, in wei, and was not reimbursed for yet.
    function paidBy(bytes32 dealId, address payer) external view returns (uint256);
    function creditOf(address token, address account) external view returns (uint256);
}
