// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IEscrow} from "../../contracts/interfaces/IEscrow.sol";
import {DoubleKeeper} from "../../contracts/mocks/faulty/Limits.sol";
import {Terms} from "../../contracts/types/Terms.sol";
import {vm} from "../support/Vm.sol";
import {FindingBase} from "./FindingBase.sol";

/// @notice Finding 27: a court refuses to decide, and both sides are paid the whole price. What each ruling pays adds up to
/// the price.
contract Finding27_GoodsAndRefund is FindingBase {
    function test_EscrowPaysABuyerWhoWins() public {
        _pays(10_000, PRICE * 19 / 20, 0, PRICE / 20);
    }

    function test_EscrowPaysASellerWhoWins() public {
        _pays(0, 0, PRICE * 19 / 20, PRICE / 20);
    }

    function test_EscrowPaysHalves() public {
        _pays(5_000, PRICE * 19 / 40, PRICE * 19 / 40, PRICE / 20);
    }

    /// @dev The refusal to decide: the award on which both sides agreed, of all there is.
    function test_EscrowPaysTheAwardOfASilentArbiter() public {
        Terms memory terms = _disputed(address(usd));
        _late(terms);
        _pays(terms, buyer, abi.encodeCall(IEscrow.awardByDefault, (terms)), PRICE / 2, PRICE / 2, 0);
    }

    function testFuzz_EscrowPaysThePriceOnce(uint256 bps) public {
        Terms memory terms = _disputed(address(usd));
        uint16 buyerBps = uint16(_bound(bps, 0, 10_000));
        bytes memory rule = abi.encodeCall(IEscrow.rule, (terms, buyerBps, REASON, ""));
        usd.mint(address(escrow), PRICE);
        vm.assertLe(_attack(arbiter, address(escrow), rule), PRICE, "paid at once");
        _collect(terms);
        vm.assertEq(usd.balanceOf(address(escrow)), PRICE, "paid with the fees");
    }

    function test_FaultyEscrowPaysBoth() public {
        DoubleKeeper faulty = new DoubleKeeper();
        usd.mint(address(faulty), 2 * PRICE);
        bytes memory rule = abi.encodeCall(faulty.rule, (address(usd), PRICE, buyer, seller, 0));
        vm.assertEq(_attack(arbiter, address(faulty), rule), 2 * PRICE, "twice the price");
    }

    function _pays(uint16 bps, uint256 toBuyer, uint256 gross, uint256 toArbiter) private {
        Terms memory terms = _disputed(address(usd));
        _pays(terms, arbiter, abi.encodeCall(IEscrow.rule, (terms, bps, REASON, "")), toBuyer, gross, toArbiter);
    }

    function _pays(
        Terms memory terms,
        address by,
        bytes memory call,
        uint256 toBuyer,
        uint256 gross,
        uint256 toArbiter
    ) private {
        Holdings memory before = _holdings(address(usd));
        uint256 fee = gross / 40;
        vm.assertEq(_attack(by, address(escrow), call), toBuyer + gross - fee, "paid at once");
        _collect(terms);
        _assertGains(address(usd), before, toBuyer, gross - fee, toArbiter, fee);
        vm.assertEq(toBuyer + gross + toArbiter, PRICE, "the price, once");
    }

    /// @dev What a ruling pays the two sides.
    function _attack(address by, address target, bytes memory call) private returns (uint256) {
        uint256 had = usd.balanceOf(buyer) + usd.balanceOf(seller);
        _try(by, target, call);
        return usd.balanceOf(buyer) + usd.balanceOf(seller) - had;
    }
}
