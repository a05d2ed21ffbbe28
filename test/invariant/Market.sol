// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IEscrow} from "../../contracts/interfaces/IEscrow.sol";
import {Permit2Mock} from "../../contracts/mocks/Permit2Mock.sol";
import {Act, Action} from "../../contracts/types/Act.sol";
import {Authorization, Permit, Permit2Payment} from "../../contracts/types/Payment.sol";
import {Offer, Terms} from "../../contracts/types/Terms.sol";
import {Digests} from "../support/Digests.sol";
import {Numbers, RulesBuilder} from "../support/RulesBuilder.sol";
import {vm} from "../support/Vm.sol";
import {Deed} from "./Legal.sol";
import {Store} from "./Store.sol";

/// @notice Offers, asks and bids of one to three units, and every way to take them.
abstract contract Market is Store {
    uint40 internal constant NEVER = type(uint40).max;
    uint256 private constant HEARD = 64;
    bytes32 private constant PERMISSIONS = keccak256("TokenPermissions(address token,uint256 amount)");
    bytes32 private constant PERMIT2_TYPE = keccak256(
        "PermitWitnessTransferFrom(TokenPermissions permitted,address spender,uint256 nonce,uint256 deadline,"
        "Deal witness)Deal(bytes32 dealId)TokenPermissions(address token,uint256 amount)"
    );

    /// @dev The offer that is being sold off, and who trades.
    Offer private _offer;
    bytes private _offerSignature;
    uint32 private _nextUnit;
    uint256 private _maker;
    uint256 private _taker;
    uint64 private _salt;
    /// @dev Signed calls that went through, the latest 64: what a thief has heard.
    bytes[HEARD] internal _heard;
    uint256 internal _heardCount;

    function _hear(bytes memory data) internal {
        _heard[_heardCount++ % HEARD] = data;
    }

    function _mix(uint256 seed, uint256 salt) internal pure returns (uint256) {
        return uint256(keccak256(abi.encode(seed, salt)));
    }

    function _signAs(uint256 k, bytes32 digest) internal view returns (bytes memory) {
        return _sign(_keys[k], digest);
    }

    /* OFFERS */

    function _drawTerms(uint256 seed, address token, uint256 b, uint256 s, bool isBid) internal returns (Terms memory terms) {
        terms.token = token;
        terms.seller = !isBid || seed % 5 == 0 ? _people[s] : address(0);
        terms.buyer = isBid || seed % 7 == 0 ? _people[b] : address(0);
        terms.price = 4 + (seed >> 8) % (seed % 2 == 0 ? 1_000 : 1e24);
        terms.arbiter = arbiter;
        terms.operator = operator;
        terms.itemHash = bytes32(seed);
        // Room for the units of the offer.
        terms.salt = _salt;
        _salt += 4;
        terms.rules = RulesBuilder.pack(
            Numbers({
                operatorFeeBps: uint16((seed >> 24) % 10_001),
                arbiterFeeBps: uint16((seed >> 40) % 10_001),
                silentAwardBps: uint16((seed >> 56) % 10_001),
                depositBps: uint16((seed >> 72) % 5_001),
                fundingSeconds: 1 + uint32((seed >> 88) % 4 days),
                shipSeconds: 1 + uint32((seed >> 104) % 4 days),
                deliverySeconds: 1 + uint32((seed >> 120) % 4 days),
                inspectionSeconds: 1 + uint32((seed >> 136) % 4 days),
                rulingSeconds: 1 + uint32((seed >> 152) % 4 days)
            })
        );
    }

    function _drawOffer(uint256 seed) private {
        address token = _currency(seed >> 168);
        uint256 b = (seed >> 170) % 2;
        uint256 s = 2 + (seed >> 171) % 2;
        bool isBid = token != ETH && (seed >> 172) % 3 == 0;
        (_maker, _taker) = isBid ? (b, s) : (s, b);
        Terms memory terms = _drawTerms(seed, token, b, s, isBid);
        uint32 quantity = 1 + uint32((seed >> 176) % 3);
        _offer = Offer(terms, NEVER, escrow.counterOf(_people[_maker]), uint8((seed >> 184) % 64), quantity);
        _offerSignature = _signAs(_maker, Digests.offer(address(escrow), _offer));
        _nextUnit = 0;
    }

    /// @dev Whoever voids all its offers ends the one that is being sold off.
    function _dropOffer(uint256 maker) internal {
        if (_maker == maker) _nextUnit = _offer.quantity;
    }

    /* TAKING */

    function _open(uint256 seed) internal {
        if (_nextUnit >= _offer.quantity) _drawOffer(seed);
        else _did(Deed.OpenOtherUnit);
        Offer memory offer = _offer;
        bool isBid = _taker > 1;
        _did(isBid ? Deed.OpenBid : Deed.OpenAsk);
        uint256 how = (seed >> 200) % 7;
        if (how == 0) return _takeAll(offer);
        if (how == 1) return _takeInPart(offer, seed);
        if (how == 2 && offer.terms.token != ETH) return _takeFor(offer, seed);
        if (how == 3 && !isBid && offer.terms.token == address(usd)) return _takeByAuthorization(offer, seed);
        if (how == 4 && !isBid && _taker == 0 && offer.terms.token == address(usd)) return _takeByPermit(offer);
        if (how == 5 && !isBid && offer.terms.token == address(usd)) return _takeByPermit2(offer, seed);
        _takeAlone(offer);
    }

    function _takeAlone(Offer memory offer) private {
        uint256 i = _unit(offer, offer.terms.price);
        bytes memory data = abi.encodeCall(IEscrow.open, (offer, _nextUnit++, _offerSignature));
        _opened(i, _people[_taker], _coins(offer.terms, offer.terms.price), data, 0);
    }

    /// @dev Adds the deal of the next unit to the books, and gives the buyer what it pays with.
    function _unit(Offer memory offer, uint256 pays) private returns (uint256 i) {
        i = _deals.length;
        Terms memory terms = offer.terms;
        terms.salt += _nextUnit;
        _deals.push(terms);
        Record storage record = _records.push();
        record.id = _idOf(terms);
        (record.buyer, record.seller) = _taker > 1 ? (_maker, _taker) : (_taker, _maker);
        terms.salt -= _nextUnit;
        _readyToPay(terms.token, record.buyer, pays);
    }

    /// @dev Who cannot pay opens nothing: a token that is in a bad mood is talked round.
    function _readyToPay(address token, uint256 k, uint256 pays) internal {
        _give(token, k, pays);
        if (token != address(moody)) return;
        moody.pause(false);
        moody.setBlocked(_people[k], false);
    }

    function _coins(Terms memory terms, uint256 amount) internal pure returns (uint256) {
        return terms.token == ETH ? amount : 0;
    }

    function _opened(uint256 i, address by, uint256 value, bytes memory data, uint256 tip) private {
        _must(_call(by, value, data), "I7: a good offer can be taken");
        _enter(i, tip);
        if (by != _people[RELAYER]) return;
        _hear(data);
    }

    function _enter(uint256 i, uint256 tip) private {
        _book(i, tip == 0 ? THIEF : RELAYER, tip, true);
        _records[i].toBuyer -= tip;
        _records[i].paidIn -= tip;
        _settleBooks(i, 0);
        _live.push(i);
    }

    /// @dev All units that are left in one batch, as a cart is.
    function _takeAll(Offer memory offer) private {
        _did(Deed.OpenBatch);
        uint256 count = offer.quantity - _nextUnit;
        bytes[] memory cart = new bytes[](count);
        uint256 first = _deals.length;
        for (uint256 k = 0; k < count; ++k) {
            _unit(offer, offer.terms.price);
            cart[k] = abi.encodeCall(IEscrow.open, (offer, _nextUnit++, _offerSignature));
        }
        uint256 value = _coins(offer.terms, offer.terms.price * count);
        bool done = _call(_people[_taker], value, abi.encodeCall(IEscrow.multicall, (cart)));
        _must(done, "I7: a cart can be bought");
        uint256 k0 = _records[first].buyer;
        // The cart was paid for as a whole: each deal holds one price of it.
        _worth[offer.terms.token][k0] -= offer.terms.price * (count - 1);
        for (uint256 k = 0; k < count; ++k) {
            _enter(first + k, 0);
            if (k + 1 < count) _worth[offer.terms.token][k0] += offer.terms.price;
        }
    }

    function _takeInPart(Offer memory offer, uint256 seed) private {
        _did(Deed.OpenInPart);
        uint256 price = offer.terms.price;
        uint256 least = (price * _bps(offer.terms, 48) + 9_999) / 10_000;
        uint256 amount = least + (seed >> 208) % (price - least);
        if (amount == 0) amount = 1;
        uint256 i = _unit(offer, amount);
        bytes memory data = abi.encodeCall(IEscrow.openInPart, (offer, _nextUnit++, _offerSignature, amount));
        _opened(i, _people[_taker], _coins(offer.terms, amount), data, 0);
    }

    function _takeFor(Offer memory offer, uint256 seed) private {
        _did(Deed.OpenFor);
        uint256 tip = _taker > 1 ? 0 : (seed >> 210) % 100;
        uint256 i = _unit(offer, offer.terms.price + tip);
        Act memory what = Act(_people[_taker], Action.Open, offer.terms.price, 0, tip, NEVER);
        bytes memory consent = _signAs(_taker, Digests.act(address(escrow), _records[i].id, what, "open"));
        bytes memory data = abi.encodeCall(IEscrow.openFor, (offer, _nextUnit++, _offerSignature, what, consent));
        _opened(i, _people[RELAYER], 0, data, tip);
    }

    function _takeByAuthorization(Offer memory offer, uint256 seed) private {
        _did(Deed.OpenByAuthorization);
        uint256 amount = offer.terms.price + (seed >> 210) % 100;
        uint256 i = _unit(offer, amount);
        bytes32 typehash = usd.RECEIVE_WITH_AUTHORIZATION_TYPEHASH();
        address payer = _people[_taker];
        bytes32 structHash = keccak256(abi.encode(typehash, payer, address(escrow), amount, 0, NEVER, _records[i].id));
        bytes32 digest = keccak256(abi.encodePacked(hex"1901", usd.DOMAIN_SEPARATOR(), structHash));
        uint256 tip = amount - offer.terms.price;
        Authorization memory payment = Authorization(payer, tip, 0, NEVER, _signAs(_taker, digest));
        bytes memory data =
            abi.encodeCall(IEscrow.openWithAuthorization, (offer, _nextUnit++, _offerSignature, payment));
        _opened(i, _people[RELAYER], 0, data, tip);
    }

    function _takeByPermit2(Offer memory offer, uint256 seed) private {
        _did(Deed.OpenByPermit2);
        uint256 tip = (seed >> 210) % 100;
        uint256 amount = offer.terms.price + tip;
        uint256 i = _unit(offer, amount);
        Permit2Payment memory payment = Permit2Payment(_people[_taker], tip, i, NEVER, "");
        bytes32 permitted = keccak256(abi.encode(PERMISSIONS, offer.terms.token, amount));
        bytes32 witness = keccak256(abi.encode(keccak256("Deal(bytes32 dealId)"), _records[i].id));
        bytes32 structHash = keccak256(abi.encode(PERMIT2_TYPE, permitted, address(escrow), i, NEVER, witness));
        bytes32 domain = Permit2Mock(PERMIT2).DOMAIN_SEPARATOR();
        payment.signature = _signAs(_taker, keccak256(abi.encodePacked(hex"1901", domain, structHash)));
        bytes memory data = abi.encodeCall(IEscrow.openWithPermit2, (offer, _nextUnit++, _offerSignature, payment));
        _opened(i, _people[RELAYER], 0, data, tip);
    }

    function _takeByPermit(Offer memory offer) private {
        _did(Deed.OpenByPermit);
        uint256 price = offer.terms.price;
        uint256 i = _unit(offer, price);
        address payer = _people[_taker];
        bytes32 digest = Digests.permit(
            usd.DOMAIN_SEPARATOR(), payer, address(escrow), price, usd.nonces(payer), NEVER
        );
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(_keys[_taker], digest);
        vm.prank(payer);
        usd.approve(address(escrow), 0);
        Permit memory permit = Permit(NEVER, v, r, s);
        bytes memory data = abi.encodeCall(IEscrow.openWithPermit, (offer, _nextUnit++, _offerSignature, permit));
        _opened(i, payer, 0, data, 0);
        vm.prank(payer);
        usd.approve(address(escrow), type(uint256).max);
    }

    /// @dev A deal of the first buyer in a currency that the campaign wants, opened as it wants.
    function _openAs(uint256 seed, address token, Deed how) internal returns (uint256 i) {
        do {
            seed = _mix(seed, 1);
            _drawOffer(seed);
        } while (_offer.terms.token != token || _taker != 0);
        i = _deals.length;
        Offer memory offer = _offer;
        if (how == Deed.OpenInPart) _takeInPart(offer, seed);
        else if (how == Deed.OpenFor) _takeFor(offer, seed);
        else if (how == Deed.OpenByAuthorization) _takeByAuthorization(offer, seed);
        else if (how == Deed.OpenByPermit2) _takeByPermit2(offer, seed);
        else if (how == Deed.OpenByPermit) _takeByPermit(offer);
        else _takeAlone(offer);
    }

    /// @dev A fresh offer that nobody has taken, with who may take it.
    function _fresh(uint256 seed, uint8 nonce)
        internal
        returns (Offer memory offer, bytes memory signature, uint256 maker, uint256 taker)
    {
        (maker, taker) = (2 + seed % 2, (seed >> 1) % 2);
        Terms memory terms = _drawTerms(seed, address(usd), taker, maker, false);
        offer = Offer(terms, NEVER, escrow.counterOf(_people[maker]), nonce, 1);
        signature = _signAs(maker, Digests.offer(address(escrow), offer));
    }
}
