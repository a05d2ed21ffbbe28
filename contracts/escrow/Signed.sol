// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IEscrow} from "../interfaces/IEscrow.sol";
import {TypedHash} from "../libraries/TypedHash.sol";
import {Act, Action} from "../types/Act.sol";
import {DealWord} from "../types/DealWord.sol";
import {Offer, Terms} from "../types/Terms.sol";
import {Disputes} from "./Disputes.sol";

/// @notice Every action by its party's signature, submitted by anyone, alone or in batches.
abstract contract Signed is Disputes {
    /// @inheritdoc IEscrow
    function act(Terms calldata terms, Act calldata what, bytes calldata signature) external nonReentrant {
        _act(terms, what, signature);
    }

    /// @inheritdoc IEscrow
    function openFor(
        Offer calldata offer,
        uint32 unit,
        bytes calldata signature,
        Act calldata what,
        bytes calldata takerSignature
    ) external payable nonReentrant returns (bytes32 id) {
        _requireAction(what, Action.Open);
        address buyer;
        (id, buyer) = _take(offer, unit, signature, what.signer, what.value);
        _verify(id, what, keccak256("open"), takerSignature);
        if (what.signer != buyer) _requireTip(what.tip, 0);
        _collect(offer.terms.token, buyer, what.value + what.tip);
        _payTip(id, offer.terms.token, what.tip);
    }

    /// @inheritdoc IEscrow
    function releaseFor(Terms[] calldata deals, uint40[] calldata expiries, bytes[] calldata signatures)
        external
        nonReentrant
    {
        uint256 count = deals.length;
        if (expiries.length != count || signatures.length != count) {
            revert LengthsDiffer(count, expiries.length, signatures.length);
        }
        uint256 due;
        for (uint256 i = 0; i < count; ++i) {
            Terms calldata terms = deals[i];
            (address seller, uint256 net) = _releaseSigned(terms, expiries[i], signatures[i]);
            due += net;
            if (i + 1 < count && _sameSeller(terms, deals[i + 1])) continue;
            _pay(terms.token, seller, due);
            due = 0;
        }
    }

    /// @dev Like the act `release`, but for the payment, which is the caller's to make.
    function _releaseSigned(Terms calldata terms, uint40 expiry, bytes calldata signature)
        private
        returns (address seller, uint256 net)
    {
        (bytes32 id, DealWord deal) = _load(terms);
        _requireState(id, deal, UNDERWAY);
        _requireUnexpired(expiry);
        address buyer = _buyer(terms, deal);
        _requireSigned(buyer, TypedHash.ofRelease(buyer, id, expiry), signature);
        return (_seller(terms, deal), _complete(id, terms, deal));
    }

    /// @dev A seller that the terms leave open is another in each deal.
    function _sameSeller(Terms calldata a, Terms calldata b) private pure returns (bool) {
        address seller = a.seller;
        return seller != address(0) && seller == b.seller && a.token == b.token;
    }

    /// @dev A tip comes out of what the signer is paid, so only those who are paid by their own act can give one.
    function _act(Terms calldata terms, Act calldata what, bytes calldata signature) private {
        (bytes32 id, DealWord deal) = _load(terms);
        Action action = what.action;
        address actor = what.signer;
        _verify(id, what, _nameOf(action), signature);
        if (_paysSigner(action)) return _actForMoney(id, terms, deal, what);
        _requireTip(what.tip, 0);
        if (action == Action.Release) _release(id, terms, deal, actor);
        else if (action == Action.ReleasePart) _releasePart(id, terms, deal, actor, _rest(what, _moved[id].released));
        else if (action == Action.Refund) _refund(id, terms, deal, actor);
        else if (action == Action.RefundPart) _refundPart(id, terms, deal, actor, _rest(what, _moved[id].refunded));
        else if (action == Action.Ship) _ship(id, terms, deal, actor, what.hash);
        else if (action == Action.Deliver) _deliver(id, terms, deal, actor);
        else if (action == Action.Extend) _extendSigned(id, terms, deal, what);
        else if (action == Action.Dispute) _dispute(id, terms, deal, actor, what.hash);
        else if (action == Action.Fund) _fund(id, terms, deal, actor, _rest(what, _paid[id]));
        else _cancelOffer(id, terms, deal, actor);
    }

    function _actForMoney(bytes32 id, Terms calldata terms, DealWord deal, Act calldata what) private {
        if (what.action == Action.Reclaim) return _reclaim(id, terms, deal, what.signer, what.tip);
        if (what.action == Action.AwardByDefault) return _awardByDefault(id, terms, deal, what.signer, what.tip);
        if (what.action == Action.CancelFunding) return _cancelFunding(id, terms, deal, what.signer, what.tip);
        // Anyone may claim; who signs for it is the seller, whose money a tip is.
        _requireActor(what.signer, _seller(terms, deal));
        _claim(id, terms, deal, what.tip);
    }

    /// @dev An extension is signed for one state: else it would count again after the next step, whose deadline is nearer.
    function _extendSigned(bytes32 id, Terms calldata terms, DealWord deal, Act calldata what) private {
        if (uint256(what.hash) != uint256(deal.state())) revert SignedForOtherState(id, what.hash, deal.state());
        _extend(id, terms, deal, what.signer, what.value);
    }

    function _verify(bytes32 id, Act calldata what, bytes32 name, bytes calldata signature) private view {
        _requireUnexpired(what.expiry);
        _requireSigned(what.signer, TypedHash.ofAct(what, id, name), signature);
    }

    function _requireAction(Act calldata what, Action expected) private pure {
        if (what.action != expected) revert WrongAction(what.action, expected);
    }

    /// @dev Parts are signed as running totals, so that a signature cannot move a part twice.
    function _rest(Act calldata what, uint256 before) private pure returns (uint256) {
        if (what.value <= before) revert AlreadyMoved(what.value, before);
        return what.value - before;
    }

    function _paysSigner(Action action) private pure returns (bool) {
        return action == Action.Reclaim || action == Action.Claim || action == Action.AwardByDefault
            || action == Action.CancelFunding;
    }

    /// @dev Hash of the name that people see when they sign.
    function _nameOf(Action action) private pure returns (bytes32) {
        if (action == Action.Release) return keccak256("release");
        if (action == Action.ReleasePart) return keccak256("releasePart");
        if (action == Action.Refund) return keccak256("refund");
        if (action == Action.RefundPart) return keccak256("refundPart");
        if (action == Action.Ship) return keccak256("ship");
        if (action == Action.Deliver) return keccak256("deliver");
        if (action == Action.Extend) return keccak256("extend");
        if (action == Action.Reclaim) return keccak256("reclaim");
        if (action == Action.Claim) return keccak256("claim");
        if (action == Action.Dispute) return keccak256("dispute");
        if (action == Action.AwardByDefault) return keccak256("awardByDefault");
        if (action == Action.Fund) return keccak256("fund");
        if (action == Action.CancelFunding) return keccak256("cancelFunding");
        if (action == Action.CancelOffer) return keccak256("cancelOffer");
        // Opening takes an offer, which `openFor` does.
        revert WrongAction(action, Action.CancelOffer);
    }
}
