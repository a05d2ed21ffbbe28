// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IEscrow} from "../../../contracts/interfaces/IEscrow.sol";
import {BareToken} from "../../../contracts/mocks/tokens/BareToken.sol";
import {FeeOnTransferToken} from "../../../contracts/mocks/tokens/OddBalances.sol";
import {Offer, Terms} from "../../../contracts/types/Terms.sol";
import {vm} from "../../support/Vm.sol";
import {FindingBase} from "../FindingBase.sol";

/// @notice Takes no fee until it is told to.
contract LaterFeeToken is BareToken {
    bool public takesFee;

    function setFee(bool yes) external {
        takesFee = yes;
    }

    function transfer(address to, uint256 amount) external returns (bool) {
        _move(msg.sender, to, amount);
        return true;
    }

    function transferFrom(address from, address to, uint256 amount) external returns (bool) {
        _spend(from, amount);
        _move(from, to, amount);
        if (takesFee) _balances[to] -= amount / 100;
        return true;
    }
}

/// @notice Pain 5: all deposits lie in one pool, one arrives short, and the next deal cannot be paid.
contract Pain5_OneDealDoesNotPayForAnother is FindingBase {
    function test_AShortDepositIsRefusedAndTheOthersArePaid() public {
        LaterFeeToken token = new LaterFeeToken();
        Terms memory whole = _inToken(address(token));
        token.setFee(true);
        Terms memory short = _terms(address(token));
        short.salt = 2;
        Offer memory offer = _offerOf(short);
        bytes memory open = abi.encodeCall(IEscrow.open, (offer, 0, _signOffer(offer)));
        _give(address(token), buyer, PRICE, address(escrow));
        vm.assertTrue(!_try(buyer, address(escrow), open), "refused");
        vm.prank(buyer);
        escrow.release(whole);
        _collect(whole);
        vm.assertEq(token.balanceOf(seller), PRICE * 39 / 40, "the other deal is paid");
        vm.assertEq(token.balanceOf(operator), PRICE / 40, "fee included");
    }

    function test_AnInstalmentThatArrivesShortIsRefusedToo() public {
        FeeOnTransferToken token = new FeeOnTransferToken();
        Terms memory terms = _partlyFunded(address(usd));
        bytes memory code = address(token).code;
        vm.etch(address(usd), code);
        _give(address(usd), buyer, PRICE, address(escrow));
        bytes memory fund = abi.encodeCall(IEscrow.fund, (terms, PRICE * 3 / 4));
        vm.assertTrue(!_try(buyer, address(escrow), fund), "refused");
        vm.assertEq(escrow.remainingOf(terms), PRICE / 4, "counts for nothing");
    }
}
