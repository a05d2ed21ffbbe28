// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IEscrow} from "../../contracts/interfaces/IEscrow.sol";
import {IReputation} from "../../contracts/interfaces/IReputation.sol";
import {Act, Action} from "../../contracts/types/Act.sol";
import {Offer, Terms} from "../../contracts/types/Terms.sol";
import {Digests} from "../support/Digests.sol";
import {vm} from "../support/Vm.sol";
import {Deed, Legal} from "./Legal.sol";
import {Parties} from "./Parties.sol";

/// @notice What is not a move on a deal: voided offers, fees, credits, reviews, gifts, the clock, a thief.
abstract contract Outsiders is Parties {
    uint128 private constant ALL = type(uint128).max;

    /* OFFERS THAT ARE VOIDED */

    function _void(uint256 seed) internal {
        uint8 nonce = uint8(64 + (seed >> 8) % 64);
        (Offer memory offer, bytes memory signature, uint256 maker, uint256 taker) = _fresh(seed, nonce);
        bool signed = (seed >> 16) % 2 == 0;
        if (signed) _did(Deed.CancelSigned);
        uint256 how = (seed >> 17) % 3;
        uint128 nonces = how == 1 ? uint128(1) << nonce : ALL;
        bytes memory data;
        if (how == 0) {
            _did(Deed.CancelOffer);
            data = signed ? _cancelByAct(offer.terms, maker) : abi.encodeCall(IEscrow.cancelOffer, (offer.terms));
        } else {
            _did(how == 1 ? Deed.CancelNonces : Deed.CancelAll);
            data = signed ? _cancelFor(maker, nonces) : abi.encodeCall(IEscrow.cancelNonces, (nonces));
            if (how == 2) _dropOffer(maker);
        }
        bool done = _call(_people[signed ? RELAYER : maker], 0, data);
        _must(done, "I7: a maker can void its offers");
        if (signed && how != 1) _hear(data);
        _readyToPay(address(usd), taker, offer.terms.price);
        bytes memory take = abi.encodeCall(IEscrow.open, (offer, 0, signature));
        _refused(_people[taker], take, "I7: a voided offer cannot be taken");
    }

    function _cancelByAct(Terms memory terms, uint256 maker) private view returns (bytes memory) {
        Act memory what = Act(_people[maker], Action.CancelOffer, 0, 0, 0, NEVER);
        bytes32 digest = Digests.act(address(escrow), _idOf(terms), what, "cancelOffer");
        return abi.encodeCall(IEscrow.act, (terms, what, _signAs(maker, digest)));
    }

    function _cancelFor(uint256 maker, uint128 nonces) private view returns (bytes memory) {
        address account = _people[maker];
        bytes32 digest = Digests.voiding(address(escrow), account, escrow.counterOf(account), nonces, NEVER);
        return abi.encodeCall(IEscrow.cancelFor, (account, nonces, NEVER, _signAs(maker, digest)));
    }

    /* FEES */

    /// @dev Up to six deals, some twice, some not ended: each fee is paid once, to whom it is due.
    function _collectSome(uint256 seed) internal {
        Terms[] memory batch = new Terms[](1 + seed % 6);
        for (uint256 k = 0; k < batch.length; ++k) {
            uint256 draw = _mix(seed, k);
            // The latest that ended are those that may still owe; any other now and then.
            uint256 count = _ended.length;
            uint256 i = draw % 8 == 0 || count == 0
                ? draw % _deals.length
                : _ended[count - 1 - draw % (count < 12 ? count : 12)];
            batch[k] = _deals[i];
            _expectFees(i);
        }
        bool done = _call(_people[seed % 2 == 0 ? THIEF : OPERATOR], 0, abi.encodeCall(IEscrow.collectFees, (batch)));
        _must(done, "I7: fees can be collected");
        _lookAtEverybody();
        _did(Deed.Collect);
    }

    function _expectFees(uint256 i) internal {
        Record storage record = _records[i];
        address token = _deals[i].token;
        _worth[token][OPERATOR] += record.operatorDue;
        _worth[token][ARBITER] += record.arbiterDue;
        _owed[token] -= record.operatorDue + record.arbiterDue;
        (record.operatorDue, record.arbiterDue) = (0, 0);
    }

    /// @dev Everybody has, credits included, just what the books of the campaign say.
    function _lookAtEverybody() internal {
        for (uint256 c = 0; c < CURRENCIES; ++c) {
            address token = _currency(c);
            for (uint256 k = 0; k < PEOPLE; ++k) {
                _must(_worthNow(token, k) == _worth[token][k], "I6: nobody gains or loses but by the rules");
            }
        }
    }

    /* CREDITS */

    function _withdraw(uint256 seed) internal {
        (uint256 k, address token) = _creditor(seed);
        uint256 credit = escrow.creditOf(token, _people[k]);
        address purse = address(uint160(0xCAFE00000000));
        bool signed = (seed >> 8) % 2 == 0 && k != OPERATOR;
        uint256 tip = signed && credit > 100 ? credit / 100 : 0;
        if (token == address(moody)) moody.pause(false);
        uint256 had = _balance(token, purse);
        bytes memory data = signed
            ? _withdrawFor(k, token, purse, tip)
            : abi.encodeCall(IEscrow.withdraw, (token, purse));
        if (credit == 0) return _refused(_people[signed ? RELAYER : k], data, "I1: nothing comes from nothing");
        _must(_call(_people[signed ? RELAYER : k], 0, data), "I8: a credit can always be withdrawn");
        _must(_balance(token, purse) - had == credit - tip, "I8: a credit is paid to the last unit");
        _worth[token][k] -= credit;
        _worth[token][RELAYER] += tip;
        if (!signed) return _did(Deed.Withdraw);
        _did(Deed.WithdrawSigned);
        _hear(data);
    }

    /// @dev Somebody with a credit, if anybody has one.
    function _creditor(uint256 seed) private view returns (uint256 k, address token) {
        for (uint256 n = 0; n < PEOPLE * CURRENCIES; ++n) {
            k = (seed + n) % PEOPLE;
            token = _currency((seed + n) / PEOPLE);
            if (escrow.creditOf(token, _people[k]) != 0) return (k, token);
        }
    }

    function _withdrawFor(uint256 k, address token, address to, uint256 tip) private view returns (bytes memory) {
        address account = _people[k];
        uint256 nonce = escrow.withdrawalsOf(account);
        bytes32 digest = Digests.withdrawal(address(escrow), account, token, to, tip, nonce, NEVER);
        return abi.encodeCall(IEscrow.withdrawFor, (account, token, to, tip, NEVER, _signAs(k, digest)));
    }

    /* REVIEWS */

    function _review(uint256 seed) internal {
        uint256 i = _ended[_ended.length - 1 - seed % (_ended.length < 8 ? _ended.length : 8)];
        Record storage record = _records[i];
        IReputation.Opening memory opening = IReputation.Opening(uint8(1 + seed % 5), REASON, bytes32(seed));
        bool sealedFirst = (seed >> 8) % 2 == 0;
        bool inTime = !sealedFirst || block.timestamp <= record.endedAt + 7 days;
        bool done = sealedFirst ? _commitAndReveal(i, opening) : _publish(i, opening);
        _must(done == (inTime && !record.reviewed), "I9: each side of an ended deal is reviewed at most once");
        if (!done) return;
        record.reviewed = true;
        ++_reviewCounts[record.buyer];
        ++_reviewCounts[record.seller];
        _did(sealedFirst ? Deed.CommitAndReveal : Deed.PublishBoth);
    }

    function _publish(uint256 i, IReputation.Opening memory opening) private returns (bool) {
        Record storage record = _records[i];
        bytes memory data = abi.encodeCall(
            IReputation.publishBoth,
            (
                _deals[i], _people[RELAYER], opening, _signReview(record.id, record.buyer, opening), opening,
                _signReview(record.id, record.seller, opening)
            )
        );
        _must(!_callReputation(THIEF, data), "I9: only whom both authors named can publish");
        return _callReputation(RELAYER, data);
    }

    function _signReview(bytes32 id, uint256 author, IReputation.Opening memory opening)
        private
        view
        returns (bytes memory)
    {
        bytes32 commitment = _commitment(id, author, opening);
        return _signAs(author, Digests.review(address(reputation), id, _people[author], commitment, _people[RELAYER]));
    }

    function _commitment(bytes32 id, uint256 author, IReputation.Opening memory opening) private view returns (bytes32) {
        return keccak256(abi.encode(id, _people[author], opening.score, opening.textHash, opening.secret));
    }

    /// @dev All four calls, or as far as they go: after a review that was counted, none of them may count again.
    function _commitAndReveal(uint256 i, IReputation.Opening memory opening) private returns (bool done) {
        Record storage record = _records[i];
        Terms memory terms = _deals[i];
        uint256[2] memory authors = [record.buyer, record.seller];
        for (uint256 k = 0; k < 2; ++k) {
            bytes32 commitment = _commitment(record.id, authors[k], opening);
            _callReputation(authors[k], abi.encodeCall(IReputation.commit, (terms, _people[authors[k]], commitment, "")));
        }
        bytes memory first = abi.encodeCall(IReputation.reveal, (terms, _people[authors[0]], opening));
        bytes memory second = abi.encodeCall(IReputation.reveal, (terms, _people[authors[1]], opening));
        bool one = _callReputation(THIEF, first);
        bool two = _callReputation(THIEF, second);
        _must(one == two, "I9: both sides are opened or neither");
        return one && two;
    }

    function _callReputation(uint256 by, bytes memory data) private returns (bool done) {
        ++calls;
        vm.prank(_people[by]);
        (done,) = address(reputation).call(data);
    }

    /* THE CLOCK, WHIMS, GIFTS */

    function _wait(uint256 seed) internal {
        if (seed % 2 == 0 || _live.length == 0) {
            vm.warp(block.timestamp + (seed >> 8) % 1 days);
            return _did(Deed.Wait);
        }
        uint256 deadline = escrow.dealOf(_records[_live[(seed >> 8) % _live.length]].id).deadline;
        // Its very last second, or the one after.
        if (deadline >= block.timestamp) vm.warp(deadline + (seed >> 4) % 2);
        _did(Deed.WaitForDeadline);
    }

    function _whim(uint256 seed) internal {
        if (seed % 3 == 0) moody.pause(!moody.paused());
        address who = _people[(seed >> 8) % PEOPLE];
        moody.setBlocked(who, !moody.blocked(who));
        _did(Deed.Whim);
    }

    function _donate(uint256 seed) internal {
        address token = _currency(seed);
        uint256 amount = (seed >> 8) % 1e9;
        if (token == ETH) vm.deal(address(escrow), address(escrow).balance + amount);
        else usd.mint(address(escrow), token == address(usd) ? amount : 0);
        if (token == address(moody)) moody.mint(address(escrow), amount);
        _donated[token] += amount;
        _did(Deed.Donate);
    }

    /* THE THIEF */

    /// @dev Sends again what was heard, as it was, in a batch, or with a bit changed.
    function _replay(uint256 seed) internal {
        if (_heardCount == 0) return _refused(_people[THIEF], "nothing yet", "I6: nonsense is refused");
        bytes memory data = _heard[seed % (_heardCount < 64 ? _heardCount : 64)];
        uint256 how = (seed >> 16) % 3;
        if (how == 0) {
            bytes[] memory batch = new bytes[](1);
            batch[0] = data;
            data = abi.encodeCall(IEscrow.multicall, (batch));
        } else if (how == 1 && bytes4(data) != IEscrow.multicall.selector) {
            // A batch with one bit changed may be an empty batch, which does nothing and is welcome to.
            return _forge(data, seed);
        }
        _refused(_people[THIEF], data, "I6: what was signed once counts once");
        _did(Deed.Replay);
    }
}
