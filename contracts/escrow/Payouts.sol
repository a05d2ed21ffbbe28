// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IEscrow} from "../interfaces/IEscrow.sol";
import {Split} from "../libraries/Split.sol";
import {Transfers} from "../libraries/Transfers.sol";
import {TypedHash} from "../libraries/TypedHash.sol";
import {DealState} from "../types/DealState.sol";
import {DealWord, FEES_DUE, RULED} from "../types/DealWord.sol";
import {Terms} from "../types/Terms.sol";
import {Deals} from "./Deals.sol";

/// @notice How money leaves: sent to whom it belongs, or credited where it cannot be sent; and the operator's fees.
abstract contract Payouts is Deals {
    mapping(address token => mapping(address account => uint256)) private _credits;
    mapping(address account => uint256) private _withdrawals;

    /// @inheritdoc IEscrow
    function withdraw(address token, address to) external nonReentrant {
        _withdraw(msg.sender, token, to, 0);
    }

    /// @inheritdoc IEscrow
    function withdrawFor(
        address account,
        address token,
        address to,
        uint256 tip,
        uint40 expiry,
        bytes calldata signature
    ) external nonReentrant {
        _requireUnexpired(expiry);
        uint256 nonce = _withdrawals[account]++;
        _requireSigned(account, TypedHash.ofWithdrawal(account, token, to, tip, nonce, expiry), signature);
        _withdraw(account, token, to, tip);
    }

    /// @inheritdoc IEscrow
    function collectFees(Terms[] calldata deals) external nonReentrant {
        uint256 due;
        for (uint256 i = 0; i < deals.length; ++i) {
            Terms calldata terms = deals[i];
            due += _takeFees(terms);
            // One payment for neighbours in the list that are owed to the same operator in the same token.
            if (i + 1 < deals.length && _sameEarner(terms, deals[i + 1])) continue;
            _pay(terms.token, terms.operator, due);
            due = 0;
        }
    }

    /// @inheritdoc IEscrow
    function creditOf(address token, address account) external view returns (uint256) {
        return _credits[token][account];
    }

    /// @inheritdoc IEscrow
    function withdrawalsOf(address account) external view returns (uint256) {
        return _withdrawals[account];
    }

    /// @dev Ends a deal with all that is left for the seller.
    /// @return amount What left the deal, the fee included.
    function _endForSeller(bytes32 id, Terms calldata terms, DealWord deal)
        internal
        returns (uint256 amount, uint256 fee)
    {
        uint256 released;
        uint256 feesDue;
        (released, amount) = _ledger(id, terms, deal);
        (fee, feesDue) = _fees(terms, released, amount);
        _end(id, deal.ended(DealState.Completed), feesDue);
    }

    function _endForBuyer(bytes32 id, Terms calldata terms, DealWord deal) internal returns (uint256 amount) {
        uint256 released;
        (released, amount) = _ledger(id, terms, deal);
        (, uint256 feesDue) = _fees(terms, released, 0);
        _end(id, deal.ended(DealState.Refunded), feesDue);
    }

    /// @dev Writes an ended deal. Fees that it owes stay behind until somebody collects them.
    function _end(bytes32 id, DealWord over, uint256 feesDue) internal {
        _deals[id] = feesDue == 0 ? over : over.marked(FEES_DUE);
    }

    /// @dev The operator's fee on what goes to the seller now, and on all that the seller was paid of the deal with that.
    function _fees(Terms calldata terms, uint256 releasedBefore, uint256 gross)
        internal
        pure
        returns (uint256 fee, uint256 inAll)
    {
        return Split.feeOnRelease(releasedBefore, gross, terms.rules.operatorFeeBps());
    }

    /// @dev What is left for somebody after the tip that he signed for, which goes to who submits.
    function _lessTip(bytes32 id, Terms calldata terms, uint256 share, uint256 tip) internal returns (uint256) {
        if (tip == 0) return share;
        _requireTip(tip, share);
        emit Tipped(id, msg.sender, tip);
        _pay(terms.token, msg.sender, tip);
        return share - tip;
    }

    function _requireTip(uint256 tip, uint256 share) internal pure {
        if (tip > share) revert TipTooHigh(tip, share);
    }

    /// @dev A recipient that cannot take the money must not hold up the other: then it is credited.
    function _pay(address token, address to, uint256 amount) internal {
        if (amount != 0 && !Transfers.trySend(token, to, amount)) _credit(token, to, amount);
    }

    function _credit(address token, address account, uint256 amount) private {
        if (amount == 0) return;
        _credits[token][account] += amount;
        emit Credited(token, account, amount);
    }

    function _withdraw(address account, address token, address to, uint256 tip) private {
        uint256 amount = _credits[token][account];
        if (amount == 0) revert NothingToWithdraw(token, account);
        _requireTip(tip, amount);
        _credits[token][account] = 0;
        emit Withdrawn(token, account, to, amount);
        uint256 rest = amount - tip;
        if (rest != 0 && !Transfers.trySendFreely(token, to, rest)) revert WithdrawFailed(token, to, rest);
        _pay(token, msg.sender, tip);
    }

    /// @dev A deal that owes nothing is passed over, so that nobody can spoil a batch by collecting from one of its deals.
    /// @return operatorFee Still to be paid; the arbiter's fee is paid here.
    function _takeFees(Terms calldata terms) private returns (uint256 operatorFee) {
        (bytes32 id, DealWord deal) = _load(terms);
        if (!deal.has(FEES_DUE)) return 0;
        _deals[id] = deal.cleared(FEES_DUE);
        (uint256 gross, uint256 remaining) = _ledger(id, terms, deal);
        (uint256 arbiterFee, uint256 last) = _lastPart(terms, deal, remaining);
        (operatorFee,) = _fees(terms, 0, gross + last);
        emit FeesCollected(id, operatorFee, arbiterFee);
        _pay(terms.token, terms.arbiter, arbiterFee);
    }

    /// @dev What the end of a deal gave the arbiter and, fees included, the seller.
    function _lastPart(Terms calldata terms, DealWord deal, uint256 remaining)
        private
        pure
        returns (uint256 arbiterFee, uint256 gross)
    {
        DealState state = deal.state();
        if (state == DealState.Completed) return (0, remaining);
        if (state == DealState.Settled) return (0, Split.unquantized(deal.outcome(), remaining));
        if (state == DealState.Resolved) (arbiterFee,, gross) = _award(terms, deal, remaining);
    }

    /// @dev How a resolved deal divides what was left; an arbiter that stayed silent earns nothing.
    function _award(Terms calldata terms, DealWord over, uint256 remaining)
        internal
        pure
        returns (uint256 arbiterFee, uint256 toBuyer, uint256 sellerGross)
    {
        return Split.byRuling(remaining, over.has(RULED) ? terms.rules.arbiterFeeBps() : 0, over.outcome());
    }

    function _sameEarner(Terms calldata a, Terms calldata b) private pure returns (bool) {
        return a.token == b.token && a.operator == b.operator;
    }
}
