// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IEscrow} from "../../../contracts/interfaces/IEscrow.sol";
import {Wallet} from "../../../contracts/mocks/parties/Wallet.sol";
import {Offer, Terms} from "../../../contracts/types/Terms.sol";
import {vm} from "../../support/Vm.sol";
import {FindingBase} from "../FindingBase.sol";

/// @notice Pain 1: coins that a contract wallet should get are lost or stuck, because it is paid with 2,300 gas. On every way
/// out a wallet that writes when it is paid is paid here, at once.
contract Pain1_WalletIsPaidInCoins is FindingBase {
    Wallet private wallet;

    function test_WhenTheSellerIsPaid() public {
        Terms memory terms = _sold();
        vm.prank(buyer);
        escrow.release(terms);
        _paid(ETH_PRICE * 39 / 40);
    }

    function test_WhenTheSellerIsPaidInParts() public {
        Terms memory terms = _sold();
        vm.prank(buyer);
        escrow.releasePart(terms, uint128(ETH_PRICE / 2));
        _paid(ETH_PRICE * 39 / 80);
    }

    function test_WhenTheBuyerTakesTheMoneyBack() public {
        Terms memory terms = _bought();
        _late(terms);
        wallet.act(address(escrow), abi.encodeCall(IEscrow.reclaim, (terms)));
        _paid(ETH_PRICE);
    }

    function test_WhenTheBuyerWinsTheDispute() public {
        Terms memory terms = _bought();
        wallet.act(address(escrow), abi.encodeCall(IEscrow.dispute, (terms, STATEMENT)));
        vm.prank(arbiter);
        escrow.rule(terms, 10_000, REASON, "");
        _paid(ETH_PRICE * 19 / 20);
    }

    function test_WhenTheOperatorEarns() public {
        wallet = new Wallet(stranger);
        Terms memory terms = _terms(ETH);
        terms.operator = address(wallet);
        _open(terms);
        vm.prank(buyer);
        escrow.release(terms);
        _collect(terms);
        _paid(ETH_PRICE / 40);
    }

    function _paid(uint256 amount) private view {
        vm.assertEq(wallet.received(), amount, "the wallet wrote it down");
        vm.assertEq(address(wallet).balance, amount, "and has it");
        vm.assertEq(escrow.creditOf(ETH, address(wallet)), 0, "nothing is owed");
    }

    function _sold() private returns (Terms memory terms) {
        wallet = new Wallet(seller);
        terms = _terms(ETH);
        terms.seller = address(wallet);
        _openWith(terms, SELLER_KEY);
    }

    function _bought() private returns (Terms memory terms) {
        wallet = new Wallet(buyer);
        terms = _terms(ETH);
        Offer memory offer = _offerOf(terms);
        wallet.act{value: ETH_PRICE}(address(escrow), abi.encodeCall(IEscrow.open, (offer, 0, _signOffer(offer))));
    }
}
