// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IEscrow} from "../../contracts/interfaces/IEscrow.sol";
import {ForgetfulEscrow} from "../../contracts/mocks/faulty/Deposits.sol";
import {BlocklistToken} from "../../contracts/mocks/tokens/Refusals.sol";
import {Terms} from "../../contracts/types/Terms.sol";
import {vm} from "../support/Vm.sol";
import {FindingBase} from "./FindingBase.sol";

/// @notice Finding 3: a way to withdraw that does not debit empties what others deposited.
contract Finding03_WithdrawnTwice is FindingBase {
    BlocklistToken private token;

    function setUp() public override {
        super.setUp();
        token = new BlocklistToken();
    }

    function test_EscrowPaysACreditOnce() public {
        Terms memory terms = _inToken(address(token));
        Terms memory others = _terms(address(token));
        others.salt = 9;
        _openWith(others, SELLER_KEY);
        token.setBlocked(seller, true);
        vm.prank(buyer);
        escrow.release(terms);
        token.setBlocked(seller, false);
        vm.assertEq(_attack(address(escrow)), PRICE * 39 / 40, "withdrawn once");
        vm.assertEq(escrow.creditOf(address(token), seller), 0, "and debited");
        vm.assertEq(token.balanceOf(address(escrow)), PRICE + PRICE / 40, "the other deal and the fee are there");
    }

    function test_FaultyEscrowIsEmptied() public {
        ForgetfulEscrow faulty = new ForgetfulEscrow();
        _give(address(token), seller, PRICE, address(faulty));
        _give(address(token), buyer, PRICE, address(faulty));
        vm.prank(seller);
        faulty.deposit(address(token), PRICE);
        vm.prank(buyer);
        faulty.deposit(address(token), PRICE);
        vm.assertEq(_attack(address(faulty)), 2 * PRICE, "the buyer's deposit went with it");
        vm.assertEq(token.balanceOf(address(faulty)), 0, "nothing is left");
    }

    function _attack(address target) private returns (uint256 gained) {
        uint256 had = token.balanceOf(stranger);
        for (uint256 i = 0; i < 2; ++i) {
            _try(seller, target, abi.encodeCall(IEscrow.withdraw, (address(token), stranger)));
        }
        return token.balanceOf(stranger) - had;
    }
}
