// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Escrow} from "../../contracts/Escrow.sol";
import {Terms} from "../../contracts/types/Terms.sol";
import {Digests} from "../support/Digests.sol";
import {vm} from "../support/Vm.sol";
import {Act} from "./Legal.sol";
import {World} from "./World.sol";

/// @notice A person who acts when called. Its acts are drawn like cards from a deck, so that none is left out.
abstract contract Handler {
    World internal immutable WORLD;
    Escrow internal immutable ESCROW;
    uint256 private immutable ACTS;
    uint256 private _deck;

    constructor(World world, uint256 acts) {
        WORLD = world;
        ESCROW = world.escrowAddress();
        ACTS = acts;
    }

    function act(uint256 seed) external {
        _do(_draw(seed), uint256(keccak256(abi.encode(seed))));
    }

    function _do(uint256 card, uint256 seed) internal virtual;

    function _draw(uint256 seed) private returns (uint256 card) {
        if (_deck == 0) _deck = (1 << ACTS) - 1;
        card = seed % ACTS;
        while ((_deck >> card) & 1 == 0) card = (card + 1) % ACTS;
        _deck &= ~(uint256(1) << card);
    }

    function _asBuyer(Act what, uint256 i, bytes memory data) internal {
        WORLD.perform(what, i, WORLD.buyerOfDeal(i), data);
    }

    function _asSeller(Act what, uint256 i, bytes memory data) internal {
        WORLD.perform(what, i, WORLD.termsOf(i).seller, data);
    }

    function _extended(uint256 i, uint256 seed) internal view returns (uint40) {
        uint256 deadline = WORLD.deadlineOf(i);
        return uint40((deadline > block.timestamp ? deadline : block.timestamp) + 1 + seed % 4 days);
    }

    function _part(uint256 i, uint256 seed) internal view returns (uint128) {
        return uint128(1 + seed % (WORLD.remainingOf(i) - 1));
    }
}

abstract contract BuyerHandler is Handler {
    Act[10] private _acts = [
        Act.Open, Act.Open, Act.DeliverByBuyer, Act.Release, Act.ReleasePart, Act.Reclaim, Act.ExtendByBuyer,
        Act.DisputeByBuyer, Act.SettleByBuyer, Act.AwardByBuyer
    ];

    constructor(World world) Handler(world, 10) {}

    function _do(uint256 card, uint256 seed) internal override {
        Act what = _acts[card];
        if (what == Act.Open) {
            WORLD.open(seed);
            return;
        }
        uint256 i = WORLD.pick(what, seed);
        Terms memory terms = WORLD.termsOf(i);
        if (what == Act.DeliverByBuyer) _asBuyer(what, i, abi.encodeCall(Escrow.deliver, (terms)));
        else if (what == Act.Release) _asBuyer(what, i, abi.encodeCall(Escrow.release, (terms)));
        else if (what == Act.ReleasePart) _asBuyer(what, i, abi.encodeCall(Escrow.releasePart, (terms, _part(i, seed))));
        else if (what == Act.Reclaim) _asBuyer(what, i, abi.encodeCall(Escrow.reclaim, (terms)));
        else if (what == Act.ExtendByBuyer) _asBuyer(what, i, abi.encodeCall(Escrow.extend, (terms, _extended(i, seed))));
        else if (what == Act.DisputeByBuyer) _asBuyer(what, i, abi.encodeCall(Escrow.dispute, (terms, bytes32(seed))));
        else if (what == Act.SettleByBuyer) _settle(i, terms, seed);
        else _asBuyer(what, i, abi.encodeCall(Escrow.awardByDefault, (terms)));
    }

    function _settle(uint256 i, Terms memory terms, uint256 seed) private {
        uint128 remaining = uint128(WORLD.remainingOf(i));
        uint128 toBuyer = uint128(seed % (uint256(remaining) + 1));
        uint40 expiry = uint40(block.timestamp);
        bytes32 digest = Digests.settlement(address(ESCROW), WORLD.idOf(i), toBuyer, remaining, expiry);
        bytes memory signature = WORLD.signAsSeller(i, digest);
        _asBuyer(
            Act.SettleByBuyer, i, abi.encodeCall(Escrow.settle, (terms, toBuyer, remaining, expiry, "", signature))
        );
    }
}

abstract contract SellerHandler is Handler {
    Act[10] private _acts = [
        Act.Ship, Act.DeliverBySeller, Act.Refund, Act.RefundPart, Act.ClaimBySeller, Act.ExtendBySeller,
        Act.DisputeBySeller, Act.AwardBySeller, Act.CancelOffer, Act.CancelAllOffers
    ];

    constructor(World world) Handler(world, 10) {}

    function _do(uint256 card, uint256 seed) internal override {
        Act what = _acts[card];
        if (what == Act.CancelOffer) return _cancel(seed);
        if (what == Act.CancelAllOffers) return _cancelAll(seed);
        uint256 i = WORLD.pick(what, seed);
        Terms memory terms = WORLD.termsOf(i);
        if (what == Act.Ship) _asSeller(what, i, abi.encodeCall(Escrow.ship, (terms, bytes32(seed))));
        else if (what == Act.DeliverBySeller) _asSeller(what, i, abi.encodeCall(Escrow.deliver, (terms)));
        else if (what == Act.Refund) _asSeller(what, i, abi.encodeCall(Escrow.refund, (terms)));
        else if (what == Act.RefundPart) _asSeller(what, i, abi.encodeCall(Escrow.refundPart, (terms, _part(i, seed))));
        else if (what == Act.ClaimBySeller) _asSeller(what, i, abi.encodeCall(Escrow.claim, (terms)));
        else if (what == Act.ExtendBySeller) _asSeller(what, i, abi.encodeCall(Escrow.extend, (terms, _extended(i, seed))));
        else if (what == Act.DisputeBySeller) _asSeller(what, i, abi.encodeCall(Escrow.dispute, (terms, bytes32(seed))));
        else _asSeller(what, i, abi.encodeCall(Escrow.awardByDefault, (terms)));
    }

    function _cancel(uint256 seed) private {
        Terms memory terms = WORLD.termsOf(WORLD.open(seed));
        terms.salt = uint256(keccak256(abi.encode(seed)));
        vm.prank(terms.seller);
        (bool done,) = address(ESCROW).call(abi.encodeCall(Escrow.cancelOffer, (terms)));
        WORLD.note(Act.CancelOffer, done);
    }

    function _cancelAll(uint256 seed) private {
        vm.prank(WORLD.sellerOf(seed));
        (bool done,) = address(ESCROW).call(abi.encodeCall(Escrow.cancelAllOffers, ()));
        WORLD.note(Act.CancelAllOffers, done);
    }
}

abstract contract ArbiterHandler is Handler {
    constructor(World world) Handler(world, 2) {}

    function _do(uint256 card, uint256 seed) internal override {
        Act what = card == 0 ? Act.RuleByArbiter : Act.RuleBySignature;
        uint256 i = WORLD.pick(what, seed);
        uint16 share = uint16(seed % 10_001);
        bytes32 reason = bytes32(seed);
        bytes memory signature;
        address by = WORLD.arbiterAddress();
        if (what == Act.RuleBySignature) {
            signature = WORLD.signAsArbiter(Digests.ruling(address(ESCROW), WORLD.idOf(i), share, reason));
            by = WORLD.strangerAddress();
        }
        WORLD.perform(what, i, by, abi.encodeCall(Escrow.rule, (WORLD.termsOf(i), share, reason, signature)));
    }
}
