// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Escrow} from "../../contracts/Escrow.sol";
import {Offer, Terms} from "../../contracts/types/Terms.sol";
import {vm} from "../support/Vm.sol";
import {Handler} from "./Handlers.sol";
import {Act} from "./Legal.sol";
import {World} from "./World.sol";

/// @notice Does what anyone may, tries all that only others may, and gives money away.
abstract contract StrangerHandler is Handler {
    constructor(World world) Handler(world, 4) {}

    function _do(uint256 card, uint256 seed) internal override {
        if (card == 0) _claim(seed);
        else if (card == 3) _donate(seed);
        else _meddle(seed);
    }

    function _claim(uint256 seed) private {
        uint256 i = WORLD.pick(Act.ClaimByStranger, seed);
        bytes memory data = abi.encodeCall(Escrow.claim, (WORLD.termsOf(i)));
        WORLD.perform(Act.ClaimByStranger, i, WORLD.strangerAddress(), data);
    }

    /// @dev All calls that are never a stranger's, on one deal, with the best signature a stranger can make: none.
    function _meddle(uint256 seed) private {
        if (WORLD.dealCount() == 0) WORLD.open(seed);
        Terms memory terms = WORLD.termsOf(seed % WORLD.dealCount());
        bytes[12] memory calls = [
            abi.encodeCall(Escrow.ship, (terms, bytes32(seed))),
            abi.encodeCall(Escrow.deliver, (terms)),
            abi.encodeCall(Escrow.release, (terms)),
            abi.encodeCall(Escrow.releasePart, (terms, 1)),
            abi.encodeCall(Escrow.refund, (terms)),
            abi.encodeCall(Escrow.refundPart, (terms, 1)),
            abi.encodeCall(Escrow.reclaim, (terms)),
            abi.encodeCall(Escrow.extend, (terms, uint40(block.timestamp + 365 days))),
            abi.encodeCall(Escrow.dispute, (terms, bytes32(seed))),
            abi.encodeCall(Escrow.awardByDefault, (terms)),
            abi.encodeCall(Escrow.rule, (terms, 10_000, bytes32(seed), "")),
            abi.encodeCall(Escrow.withdraw, (terms.token, WORLD.strangerAddress()))
        ];
        bool refused = true;
        for (uint256 k = 0; k < calls.length; ++k) {
            refused = !_try(calls[k]) && refused;
        }
        refused = !_try(abi.encodeCall(Escrow.settle, (terms, 0, uint128(terms.price), type(uint40).max, "", ""))) && refused;
        refused = !_try(abi.encodeCall(Escrow.cancelOffer, (terms))) && refused;
        refused = !_try(abi.encodeCall(Escrow.open, (Offer(terms, type(uint40).max, 0, 1), 0, ""))) && refused;
        WORLD.note(Act.Meddle, refused);
    }

    function _try(bytes memory data) private returns (bool done) {
        vm.prank(WORLD.strangerAddress());
        (done,) = address(ESCROW).call(data);
    }

    function _donate(uint256 seed) private {
        WORLD.usd().mint(address(ESCROW), seed % 1e6);
        donated += seed % 1e6;
        WORLD.note(Act.Donate, true);
    }

    /// @notice Test dollars given to the escrow for nothing.
    uint256 public donated;
}

/// @notice Time, whoever takes out credits, and the token's whims.
abstract contract ClockHandler is Handler {
    constructor(World world) Handler(world, 4) {}

    function _do(uint256 card, uint256 seed) internal override {
        if (card == 0) return _block(seed);
        if (card == 1) return _withdraw(seed);
        vm.warp(block.timestamp + seed % 3 days);
        WORLD.note(Act.Wait, true);
    }

    function _block(uint256 seed) private {
        address[7] memory people = WORLD.people();
        address who = people[seed % people.length];
        WORLD.picky().setBlocked(who, !WORLD.picky().blocked(who));
        WORLD.note(Act.Block, true);
    }

    /// @dev Everyone with a credit in a currency takes it out, to an address that accepts it.
    function _withdraw(uint256 seed) private {
        address token = WORLD.tokenAt(seed);
        address[7] memory people = WORLD.people();
        bool asExpected = true;
        for (uint256 k = 0; k < people.length; ++k) {
            uint256 credit = ESCROW.creditOf(token, people[k]);
            if (credit != 0) asExpected = _takes(token, people[k], credit) && asExpected;
        }
        WORLD.note(Act.Withdraw, asExpected);
    }

    function _takes(address token, address who, uint256 credit) private returns (bool) {
        uint256 held = WORLD.holdings(token);
        address purse = address(uint160(uint256(keccak256(abi.encode(who)))));
        vm.prank(who);
        (bool done,) = address(ESCROW).call(abi.encodeCall(Escrow.withdraw, (token, purse)));
        return done && ESCROW.creditOf(token, who) == 0 && held - WORLD.holdings(token) == credit;
    }
}
