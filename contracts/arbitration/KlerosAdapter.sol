// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {IEscrow} from "../interfaces/IEscrow.sol";
import {IKlerosAdapter} from "../interfaces/IKlerosAdapter.sol";
import {IArbitrable} from "../interfaces/external/IArbitrable.sol";
import {IArbitrator} from "../interfaces/external/IArbitrator.sol";
import {Split} from "../libraries/Split.sol";
import {Transfers} from "../libraries/Transfers.sol";
import {DealState} from "../types/DealState.sol";
import {Terms} from "../types/Terms.sol";

/// @title Fairhold Kleros adapter
/// @notice See IKlerosAdapter for what it does, promises and assumes.
contract KlerosAdapter is IKlerosAdapter, ReentrancyGuardTransient {
    /// @dev The one question there is. What a dispute is about stands in the deal's `Opened` event, under the evidence group.
    uint256 private constant META_EVIDENCE = 0;

    uint256 public constant CHOICES = 5;
    IEscrow public immutable ESCROW;
    IArbitrator public immutable COURT;

    /// @dev Written once: the language has no immutable bytes.
    bytes private _extraData;
    mapping(bytes32 dealId => Case) private _cases;
    mapping(bytes32 dealId => mapping(address payer => uint256)) private _paid;
    mapping(uint256 disputeID => bytes32 dealId) private _deals;
    mapping(address token => mapping(address account => uint256)) private _credits;
    /// @dev What this contract owes of a token: credits, and collected fees that were not shared out yet.
    mapping(address token => uint256) private _owed;

    /// @dev One more than what the court gave back so far of the payment under way; zero where none is.
    uint256 private transient _change;

    /// @param metaEvidence URI of the ERC-1497 document that puts the question and says what each ruling means.
    constructor(IEscrow escrow, IArbitrator court, bytes memory extraData_, string memory metaEvidence) {
        if (address(escrow).code.length == 0) revert NoContract(address(escrow));
        if (address(court).code.length == 0) revert NoContract(address(court));
        ESCROW = escrow;
        COURT = court;
        _extraData = extraData_;
        emit MetaEvidence(META_EVIDENCE, metaEvidence);
    }

    /// @dev Fees from the escrow at any time, because anyone may collect them; change from the court while it is being paid,
    /// when it is known whose it is.
    receive() external payable {
        if (msg.sender == address(ESCROW)) return;
        if (msg.sender != address(COURT) || _change == 0) revert UnexpectedCoins(msg.sender, msg.value);
        _change += msg.value;
    }

    /* BEFORE THE COURT */

    /// @inheritdoc IKlerosAdapter
    function requestRuling(Terms calldata terms)
        external
        payable
        nonReentrant
        returns (uint256 disputeID, uint256 deadline)
    {
        bytes32 id = _disputedDeal(terms);
        deadline = _requireTime(id);
        Case storage case_ = _cases[id];
        if (case_.requester != address(0)) revert AlreadyRequested(id, case_.disputeID);
        uint256 cost = COURT.arbitrationCost(_extraData);
        _requirePaid(cost);
        case_.requester = msg.sender;
        _change = 1;
        disputeID = COURT.createDispute{value: cost}(CHOICES, _extraData);
        uint256 change = _takeChange();
        if (_deals[disputeID] != 0) revert DisputeIdReused(disputeID, _deals[disputeID]);
        _deals[disputeID] = id;
        case_.disputeID = disputeID;
        emit Dispute(COURT, disputeID, META_EVIDENCE, uint256(id));
        emit RulingRequested(id, disputeID, msg.sender, cost, uint40(deadline));
        _settlePayment(id, cost, change);
    }

    /// @inheritdoc IKlerosAdapter
    function appeal(uint256 disputeID) external payable nonReentrant {
        bytes32 id = _dealBefore(disputeID);
        _requireDisputed(id);
        uint256 deadline = _requireTime(id);
        uint256 cost = COURT.appealCost(disputeID, _extraData);
        _requirePaid(cost);
        _change = 1;
        COURT.appeal{value: cost}(disputeID, _extraData);
        uint256 change = _takeChange();
        emit RulingAppealed(id, disputeID, msg.sender, cost, uint40(deadline));
        _settlePayment(id, cost, change);
    }

    /// @inheritdoc IKlerosAdapter
    function submitEvidence(Terms calldata terms, string calldata evidence) external {
        bytes32 id = _disputedDeal(terms);
        (address seller, address buyer) = ESCROW.partiesOf(terms);
        if (msg.sender != seller && msg.sender != buyer) revert NotAParty(msg.sender);
        emit Evidence(COURT, uint256(id), msg.sender, evidence);
    }

    /* AFTER THE COURT */

    /// @inheritdoc IArbitrable
    /// @dev Asks nothing of anybody, so that it cannot fail on another's account and needs no guard. A ruling that is none of
    /// the choices counts as a refusal to decide.
    function rule(uint256 disputeID, uint256 ruling) external {
        if (msg.sender != address(COURT)) revert NotTheCourt(msg.sender, address(COURT));
        bytes32 id = _dealBefore(disputeID);
        Case storage case_ = _cases[id];
        uint8 choice = ruling > CHOICES ? 0 : uint8(ruling);
        (case_.ruled, case_.choice) = (true, choice);
        emit Ruling(COURT, disputeID, ruling);
        emit RulingRecorded(id, disputeID, choice);
    }

    /// @inheritdoc IKlerosAdapter
    function execute(Terms calldata terms) external nonReentrant {
        bytes32 id = ESCROW.dealId(terms);
        Case storage case_ = _cases[id];
        if (!case_.ruled) revert NoRuling(id);
        (uint256 disputeID, uint8 choice) = (case_.disputeID, case_.choice);
        uint16 buyerBps = buyerBpsOf(terms, choice);
        // Zero where the deal has ended, which the escrow then refuses. Prices have at most 128 bits.
        uint256 fee = Split.shareDown(ESCROW.remainingOf(terms), terms.rules.arbiterFeeBps());
        case_.fee = uint128(fee);
        emit RulingExecuted(id, disputeID, choice, buyerBps);
        ESCROW.rule(terms, buyerBps, keccak256(abi.encode(COURT, disputeID, choice)), "");
    }

    /// @inheritdoc IKlerosAdapter
    function reimburse(Terms calldata terms, address payer) external nonReentrant {
        bytes32 id = ESCROW.dealId(terms);
        Case storage case_ = _cases[id];
        if (case_.fee != 0 && !case_.collected) _collect(terms, case_);
        uint256 share = _shareOf(id, case_, payer);
        if (share == 0) revert NothingToReimburse(id, payer);
        _paid[id][payer] = 0;
        // A court that asked nothing: the fee is the requester's, and only once.
        if (case_.paid == 0) case_.fee = 0;
        _owed[terms.token] -= share;
        emit Reimbursed(id, payer, terms.token, share);
        _pay(terms.token, payer, share);
    }

    /// @inheritdoc IKlerosAdapter
    function withdraw(address token, address to) external nonReentrant {
        uint256 amount = _credits[token][msg.sender];
        if (amount == 0) revert NothingToWithdraw(token, msg.sender);
        _credits[token][msg.sender] = 0;
        _owed[token] -= amount;
        emit Withdrawn(token, msg.sender, to, amount);
        if (!Transfers.trySendFreely(token, to, amount)) revert WithdrawFailed(token, to, amount);
    }

    /* VIEWS */

    /// @inheritdoc IKlerosAdapter
    function extraData() external view returns (bytes memory) {
        return _extraData;
    }

    /// @inheritdoc IKlerosAdapter
    function requestCost() external view returns (uint256) {
        return COURT.arbitrationCost(_extraData);
    }

    /// @inheritdoc IKlerosAdapter
    function appealCost(uint256 disputeID) external view returns (uint256) {
        return COURT.appealCost(disputeID, _extraData);
    }

    /// @inheritdoc IKlerosAdapter
    function caseOf(bytes32 dealId) external view returns (Case memory) {
        return _cases[dealId];
    }

    /// @inheritdoc IKlerosAdapter
    function dealOf(uint256 disputeID) external view returns (bytes32 dealId) {
        return _deals[disputeID];
    }

    /// @inheritdoc IKlerosAdapter
    function paidBy(bytes32 dealId, address payer) external view returns (uint256) {
        return _paid[dealId][payer];
    }

    /// @inheritdoc IKlerosAdapter
    function creditOf(address token, address account) external view returns (uint256) {
        return _credits[token][account];
    }

    /// @inheritdoc IKlerosAdapter
    function buyerBpsOf(Terms calldata terms, uint256 choice) public pure returns (uint16) {
        if (choice == 1) return 10_000;
        if (choice == 2) return 0;
        if (choice == 3) return 5_000;
        if (choice == 4) return 7_500;
        if (choice == 5) return 2_500;
        return uint16(terms.rules.silentAwardBps());
    }

    /* WHICH DEAL, AND WHEN */

    function _disputedDeal(Terms calldata terms) private view returns (bytes32 id) {
        if (terms.arbiter != address(this)) revert NotTheArbiter(terms.arbiter);
        id = ESCROW.dealId(terms);
        _requireDisputed(id);
    }

    /// @dev The deal of a dispute on which the court has not given its final word.
    function _dealBefore(uint256 disputeID) private view returns (bytes32 id) {
        id = _deals[disputeID];
        if (id == 0) revert UnknownDispute(disputeID);
        if (_cases[id].ruled) revert AlreadyRuled(disputeID, _cases[id].choice);
    }

    function _requireDisputed(bytes32 id) private view {
        DealState state = ESCROW.dealOf(id).state;
        if (state != DealState.Disputed) revert NotDisputed(id, state);
    }

    /// @dev Nobody should pay a court whose ruling could not be carried out any more.
    function _requireTime(bytes32 id) private view returns (uint256 deadline) {
        deadline = ESCROW.dealOf(id).deadline;
        if (block.timestamp > deadline) revert TooLate(block.timestamp, deadline);
    }

    /* MONEY */

    function _requirePaid(uint256 cost) private view {
        if (msg.value < cost) revert CostNotMet(msg.value, cost);
    }

    function _takeChange() private returns (uint256 change) {
        change = _change - 1;
        _change = 0;
    }

    /// @dev Notes what the caller paid the court, and gives back the rest. A court that gives back more than it was paid
    /// was paid nothing.
    function _settlePayment(bytes32 id, uint256 cost, uint256 change) private {
        uint256 paid = change < cost ? cost - change : 0;
        _paid[id][msg.sender] += paid;
        _cases[id].paid += uint128(paid);
        _pay(address(0), msg.sender, msg.value - cost + change);
    }

    /// @dev Gets the arbiter's fee of a deal from the escrow, unless somebody has already. What is not owed to others is
    /// measured, because a token may have shrunk since.
    function _collect(Terms calldata terms, Case storage case_) private {
        Terms[] memory deals = new Terms[](1);
        deals[0] = terms;
        ESCROW.collectFees(deals);
        address token = terms.token;
        if (ESCROW.creditOf(token, address(this)) != 0) ESCROW.withdraw(token, address(this));
        uint256 held = token == address(0) ? address(this).balance : Transfers.balanceOf(token);
        uint256 owed = _owed[token];
        uint256 free = held > owed ? held - owed : 0;
        uint256 fee = case_.fee < free ? case_.fee : free;
        (case_.fee, case_.collected) = (uint128(fee), true);
        _owed[token] = owed + fee;
    }

    function _shareOf(bytes32 id, Case storage case_, address payer) private view returns (uint256) {
        if (case_.paid != 0) return uint256(case_.fee) * _paid[id][payer] / case_.paid;
        return payer == case_.requester ? case_.fee : 0;
    }

    function _pay(address token, address to, uint256 amount) private {
        if (amount == 0 || Transfers.trySend(token, to, amount)) return;
        _credits[token][to] += amount;
        _owed[token] += amount;
        emit Credited(token, to, amount);
    }
}
